internal import Synchronization

extension CircuitBreaker {
  /// What ``passivePermit`` is when it takes more than a look: no generation comes as far.
  static var noPassivePermit: UInt64 { .max }

  /// The word of the permit that a closed breaker gives to a call whose start nobody has to know, after one load.
  @inline(__always)
  var passivePermit: UInt64 { seen.passivePermit ?? Self.noPassivePermit }

  /// Whether a success of a call with this permit would change nothing.
  @inline(__always)
  func ignoresSuccess(of permit: UInt64) -> Bool { seen.ignoresSuccess(of: permit) }

  /// Until when the breaker certainly rejects: it is open, and its time is not nearly over. `nil`: it takes the exact time to answer, or more.
  ///
  /// - Parameter now: May be late by a few milliseconds.
  func rejectsUntil(at now: Instant) -> Instant? {
    let seen = seen
    guard seen.state == .open, !seen.needsMachine else { return nil }
    let until = opensAt
    return now.isCertainlyBefore(until) ? until : nil
  }

  /// Counts a success of a call with this permit, where that is one number more and nothing else; `false`, and nothing is done, where it takes
  /// the long way.
  func countPassively(_ permit: UInt64, at now: Instant) -> Bool {
    if countInSummary(permit, at: now) { return true }
    let seen = seen
    return seen.countsSuccess(of: permit) && count(seen.generation, at: now)
  }
}
