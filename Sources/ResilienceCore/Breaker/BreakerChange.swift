/// What a call, a result or a person changed in a breaker, with the numbers that made it so.
///
/// Changes are added over time: a `switch` needs a default.
@nonexhaustive
public enum BreakerChange: Hashable, Sendable {
  case opened(from: BreakerStateName, BreakerCause, openTime: UInt64)
  /// An open time is over, or nobody keeps calls away any more: the next call is a probe.
  case halfOpened(from: BreakerStateName)
  /// The probes succeeded, and from now on this share of the calls is let through: step `step`, from 1, of so many.
  case ramping(step: Int, of: Int, share: Ratio)
  case closed(from: BreakerStateName)
  case isolated(from: BreakerStateName)
  /// Settings came into force that reject every call.
  case forcedOpen(from: BreakerStateName)
  /// Settings came into force that let every call through without a look at it.
  case disabled(from: BreakerStateName)
  /// A result came from a generation that is over, or from a probe that had lost its place. Nothing changed.
  case late

  /// The states before and after; `nil` for a change within a state.
  public var transition: (from: BreakerStateName, to: BreakerStateName)? {
    switch self {
    case .opened(let from, _, _): (from, .open)
    case .halfOpened(let from): (from, .halfOpen)
    case .ramping(let step, _, _): step == 1 ? (.halfOpen, .ramping) : nil
    case .closed(let from): (from, .closed)
    case .isolated(let from): (from, .isolated)
    case .forcedOpen(let from): (from, .forcedOpen)
    case .disabled(let from): (from, .disabled)
    case .late: nil
    }
  }
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

/// A change and when it happened, which can be earlier than when it was found out.
package struct DatedChange: Hashable, Sendable {
  package let change: BreakerChange
  package let instant: Instant
  /// Whether the breaker is in shadow: it decided, and nothing was done.
  package let isShadow: Bool

  package init(_ change: BreakerChange, at instant: Instant, isShadow: Bool = false) {
    self.change = change
    self.instant = instant
    self.isShadow = isShadow
  }
}
