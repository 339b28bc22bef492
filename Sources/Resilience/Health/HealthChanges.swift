public import ResilienceCore
internal import Synchronization

extension HealthMonitor {
  /// How everything is, and again after every change of a check.
  ///
  /// Each iteration begins with the present. A slow reader holds nobody up and misses what came in between: it gets the latest.
  /// The sequence ends when the task is cancelled.
  public var changes: HealthChanges { HealthChanges(monitor: self) }

  /// How everything is, unless nothing has changed since `version`.
  fileprivate func news(since version: UInt64?) -> (snapshot: HealthSnapshot, version: UInt64)? {
    state.withLock { state in state.version == version ? nil : (snapshot(of: state), state.version) }
  }

  func listen(_ bell: Bell) { state.withLock { $0.listeners[ObjectIdentifier(bell)] = bell } }
  func forget(_ bell: Bell) { state.withLock { $0.listeners[ObjectIdentifier(bell)] = nil } }
}

/// The changes of a ``HealthMonitor``, coalesced.
public struct HealthChanges: AsyncSequence, Sendable {
  let monitor: HealthMonitor

  public func makeAsyncIterator() -> Iterator { Iterator(monitor) }

  /// Reads the changes for one task.
  public struct Iterator: AsyncIteratorProtocol {
    private let listener: HealthListener
    private var version: UInt64?

    fileprivate init(_ monitor: HealthMonitor) { listener = HealthListener(monitor) }

    /// The present the first time, later the latest change; `nil` when the task is cancelled.
    public mutating func next() async -> HealthSnapshot? {
      while !Task.isCancelled {
        if let news = listener.monitor.news(since: version) {
          version = news.version
          return news.snapshot
        }
        _ = await listener.bell.wait(on: listener.monitor.time)
      }
      return nil
    }
  }
}

/// Listens to a monitor as long as it lives.
final class HealthListener: Sendable {
  let monitor: HealthMonitor
  let bell = Bell()

  init(_ monitor: HealthMonitor) {
    self.monitor = monitor
    monitor.listen(bell)
  }

  deinit { monitor.forget(bell) }
}
