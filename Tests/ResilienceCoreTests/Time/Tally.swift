import Synchronization

/// A number that threads count up.
final class Tally: Sendable {
  private let count = Atomic(0)
  var value: Int { count.load(ordering: .acquiring) }
  func add(_ more: Int = 1) { count.wrappingAdd(more, ordering: .acquiringAndReleasing) }
}
