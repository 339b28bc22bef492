import Synchronization

/// What happened, in order.
final class Log: Sendable {
  private let state = Mutex<[String]>([])
  var entries: [String] { state.withLock { $0 } }
  func add(_ entry: String) { state.withLock { $0.append(entry) } }
}

/// A number that threads count up.
final class Counter: Sendable {
  private let count = Atomic(0)
  var value: Int { count.load(ordering: .acquiring) }
  func add(_ more: Int = 1) { count.wrappingAdd(more, ordering: .acquiringAndReleasing) }
}
