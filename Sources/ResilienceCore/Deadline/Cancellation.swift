/// Runs `body` and cancels it at `instant`; it is awaited however long it takes to notice.
///
/// Swift can cancel a task only, so the body runs as one child task, which starts on the caller's thread at once and keeps the
/// caller's isolation. The timer is armed before it. Cancelling the caller cancels the body too.
package func withCancellation<Value>(
  at instant: Instant, on time: TimeSource, isolation: isolated (any Actor)? = #isolation,
  _ body: () async throws -> Value
) async -> TimedResult<Value> {
  await withoutActuallyEscaping(body) { body in
    // One child runs them, while this function waits for it: nothing is shared although the compiler cannot see that.
    nonisolated(unsafe) let body = body
    nonisolated(unsafe) var end: TimedResult<Value>?
    await withTaskGroup(of: Void.self) { group in
      if #available(macOS 26, iOS 26, watchOS 26, tvOS 26, visionOS 26, *) {
        group.addImmediateTask {
          _ = isolation
          unsafe end = await runArmed(at: instant, on: time, body)
        }
      } else {
        group.addTask {
          _ = isolation
          unsafe end = await runArmed(at: instant, on: time, body)
        }
      }
      await group.next()
    }
    return unsafe end ?? TimedResult(result: .failure(CancellationError()), fired: false, ended: time.now)
  }
}

/// Runs `body` in the present task, armed before it starts.
private func runArmed<Value>(
  at instant: Instant, on time: TimeSource, _ body: () async throws -> Value
) async -> TimedResult<Value> {
  let task = unsafe withUnsafeCurrentTask { task in unsafe task }
  let token =
    if let task = unsafe task { unsafe Optional(time.arm(at: instant, .cancel(task))) } else { TimerToken?.none }
  let result: Result<Value, any Error>
  do { result = .success(try await body()) } catch { result = .failure(error) }
  let ended = time.now
  let fired = if let token { !time.disarm(token) } else { false }
  return TimedResult(result: result, fired: fired, ended: ended)
}
