/// What a call, a result or a person changed in a breaker, with the numbers that made it so.
public enum BreakerChange: Hashable, Sendable {
  case opened(from: BreakerStateName, BreakerCause, openTime: UInt64)
  case halfOpened
  case closed(from: BreakerStateName)
  case isolated(from: BreakerStateName)
  /// A result came from a generation that is over, or from a probe that had lost its place. Nothing changed.
  case late
}

/// Why a breaker opened.
public enum BreakerCause: Hashable, Sendable {
  case failures(inARow: Int, threshold: Int)
  case failureRate(failures: Int, calls: Int, threshold: Ratio)
  case slowRate(slow: Int, calls: Int, threshold: Ratio)
  case failuresInWindow(failures: Int, threshold: Int)
  /// A probe failed.
  case probe
}
