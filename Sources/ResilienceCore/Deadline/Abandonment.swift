import Synchronization

/// Runs `body` in a task of `supervisor`'s and waits for it until `instant`, or until the caller is cancelled, but no longer.
///
/// A body that is left alone is cancelled and lives on.
///
/// - Parameter ended: runs exactly once, when the body ends, whether or not anybody still waits for it.
/// - Returns: nil at the instant and at the caller's cancellation.
package func withAbandonment<Value: Sendable>(
  at instant: Instant, on time: TimeSource, supervisor: Supervisor,
  _ body: @escaping @Sendable () async throws -> Value, ended: @escaping @Sendable () -> Void
) async -> TimedResult<Value>? {
  let call = AbandonableCall<Value>()
  let task = supervisor.start(on: time) {
    let result: Result<Value, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    call.store(TimedResult(result: result, fired: false, ended: time.now))
  } ended: {
    ended()
    call.wakeCaller()
  }
  let result = await call.result(by: instant, on: time)
  if result == nil { task.cancel() }
  return result
}

/// Where a body leaves its result for a caller who may be gone.
private final class AbandonableCall<Value: Sendable>: Sendable {
  private let slot = Mutex<TimedResult<Value>?>(nil)
  private let caller = Waiter(for: .other("a body that a timeout may give up"))

  func store(_ result: TimedResult<Value>) { slot.withLock { $0 = result } }

  func wakeCaller() { _ = caller.grant() }

  func result(by instant: Instant, on time: TimeSource) async -> TimedResult<Value>? {
    guard await caller.wait(until: instant, on: time) == .granted else { return nil }
    return slot.withLock { $0 }
  }
}
