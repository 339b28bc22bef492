public import ResilienceCore

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
  try VirtualRun(seed: seed).run(body)
}
