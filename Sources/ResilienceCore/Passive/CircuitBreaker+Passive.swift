internal import Synchronization

extension CircuitBreaker {
  /// What ``passivePermit`` is when it takes more than a look: no generation comes as far.
  static var noPassivePermit: UInt64 { .max }

  /// The word of the permit that a closed breaker gives to a call whose start nobody has to know, after one load.
  @inline(__always)
  var passivePermit: UInt64 { slowerThan == nil ? seen.passivePermit ?? Self.noPassivePermit : Self.noPassivePermit }

  /// Whether a success of a call with this permit would change nothing.
  @inline(__always)
  func ignoresSuccess(of permit: UInt64) -> Bool { seen.ignoresSuccess(of: permit) }

  /// Counts a success of a call with this permit, where that is one number more and nothing else; `false`, and nothing is done, where it takes
  /// the long way.
  func countPassively(_ permit: UInt64, at now: Instant) -> Bool {
    let seen = seen
    return seen.countsSuccess(of: permit) && count(seen.generation, at: now)
  }
}
