import Synchronization

/// Owns the bodies that may outlive their callers, and counts them.
///
/// The one place of the engine that starts an unstructured task.
package final class Supervisor: Sendable {
  private let count = Atomic(0)

  package init() {}

  /// How many bodies have been started and have not ended.
  package var running: Int { count.load(ordering: .acquiring) }

  /// Starts `body` in a task of its own, with the caller's priority and task-local values.
  ///
  /// - Parameter ended: runs once, when the body has ended and is no longer counted.
  /// - Returns: what cancels it.
  func start(
    on time: TimeSource, _ body: @escaping @Sendable () async -> Void, ended: @escaping @Sendable () -> Void = {}
  ) -> Task<Void, Never> {
    count.wrappingAdd(1, ordering: .acquiringAndReleasing)
    return Task(executorPreference: time.virtual?.executor) {
      await body()
      self.count.wrappingSubtract(1, ordering: .acquiringAndReleasing)
      ended()
    }
  }
}
