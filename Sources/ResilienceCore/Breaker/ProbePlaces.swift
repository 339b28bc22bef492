/// The probes of a half-open breaker: who holds a place since when, and how many succeeded.
package struct ProbePlaces: Hashable, Sendable {
  private struct Place: Hashable {
    var number: UInt64
    var began: Instant
  }

  private var places: ContiguousArray<Place> = []
  private var nextNumber: UInt64 = 0
  package private(set) var successes = 0

  package init() {}

  package var count: Int { places.count }

  /// Takes a place for a probe that begins `now`, or says for how many nanoseconds there is none at most.
  ///
  /// A place whose lease has ended by `now` is free. Complexity: O(places).
  package mutating func take(at now: Instant, limit: Int, lease: UInt64) -> Taken {
    if places.count >= limit { reclaim(at: now, lease: lease) }
    guard places.count < limit else { return .none(for: earliestEnd(lease: lease, from: now)) }
    defer { nextNumber &+= 1 }
    places.append(Place(number: nextNumber, began: now))
    return .probe(nextNumber)
  }

  package enum Taken {
    case probe(UInt64)
    case none(for: UInt64)
  }

  /// Gives back the place of a probe that ended; `false` when it had lost it.
  ///
  /// An end at the very instant of the lease's end is in time. Complexity: O(places).
  package mutating func giveBack(_ number: UInt64, ended: Instant, lease: UInt64) -> Bool {
    guard let index = places.firstIndex(where: { $0.number == number }) else { return false }
    let place = places.remove(at: index)
    return ended <= place.began.advanced(by: lease)
  }

  package mutating func countSuccess() { successes += 1 }

  /// Touches nothing, and so copies nothing, when no lease has ended.
  private mutating func reclaim(at now: Instant, lease: UInt64) {
    guard places.contains(where: { $0.began.advanced(by: lease) <= now }) else { return }
    places.removeAll { $0.began.advanced(by: lease) <= now }
  }

  private func earliestEnd(lease: UInt64, from now: Instant) -> UInt64 {
    places.reduce(UInt64.max) { min($0, now.nanoseconds(to: $1.began.advanced(by: lease))) }
  }
}
