public import ResilienceCore
import Synchronization

/// Runs `body`, and all tasks inside it, on this thread and on a time that jumps to the next timer whenever nothing else is left
/// to do: hours pass in no time, and the same seed gives the same run.
///
/// ```swift
/// try onVirtualTime { time in
///   try await VirtualClock(time).sleep(for: .seconds(3600))
/// }
/// ```
/// Only structured tasks belong to the run: unstructured ones, the main actor and actors with executors of their own leave it.
/// A body that blocks the thread lets the others go on meanwhile; when they cannot, its wait ends as if it had been cancelled.
///
/// - Parameter seed: picks one interleaving of the tasks that are ready; nil lets them run as they became ready.
/// - Returns: what `body` returned.
/// - Throws: what `body` threw; ``Deadlock`` when it has not ended, no task is ready and no timer is armed. The body is then
///   cancelled.
public func onVirtualTime<Value: Sendable>(
  seed: UInt64? = nil, _ body: @escaping @Sendable (VirtualTime) async throws -> Value
) throws -> Value {
  let executor = DeterministicExecutor(seed: seed)
  let time = VirtualTime(executor: executor) { time in executor.runNext() || time.advanceToNextTimer() }
  let outcome = Outcome<Value>()
  let task = Task(executorPreference: executor) {
    do { outcome.set(.success(try await body(time))) } catch { outcome.set(.failure(error)) }
  }
  while true {
    while executor.runNext() {}
    if let result = outcome.result { return try result.get() }
    guard time.advanceToNextTimer() else {
      let deadlock = Deadlock(at: time.now, waiting: time.waitCount)
      task.cancel()
      while executor.runNext() {}
      // A task that not even its cancellation ends still refers to its executor without owning it.
      if outcome.result == nil { unsafe _ = Unmanaged.passRetained(executor) }
      throw deadlock
    }
  }
}

/// A run on virtual time in which nothing can ever happen again.
public struct Deadlock: Error, Hashable, CustomStringConvertible {
  /// When time came to its end.
  public let at: Instant
  /// How many tasks wait for a permit or a turn that nobody will give them. A body that waits for something else is not counted.
  public let waiting: Int

  public var description: String {
    let tasks = waiting == 1 ? "1 task waits" : "\(waiting) tasks wait"
    return "deadlock at \(Instant(nanoseconds: 0).duration(to: at)): no task is ready, no timer is armed, "
      + "the body has not ended, and \(tasks) for a permit or a turn"
  }
}

/// What the body leaves behind.
private final class Outcome<Value: Sendable>: Sendable {
  private let state = Mutex<Result<Value, any Error>?>(nil)

  var result: Result<Value, any Error>? { state.withLock { $0 } }

  func set(_ result: Result<Value, any Error>) { state.withLock { $0 = result } }
}
