/// A breaker's answer to a call that wants to run.
package enum Admission: ~Copyable, Sendable {
  /// The call runs; the change tells of a transition that it caused.
  case admit(BreakerPermit, BreakerChange?)
  case reject(BreakerRejection)
}

/// Why a breaker turned a call away.
package struct BreakerRejection: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// The open time is not over.
    case open
    /// Every place for a probe is taken.
    case probing
    /// Somebody isolated the breaker by hand.
    case isolated
  }

  package var reason: Reason
  /// Nanoseconds until a call can be the next probe at the latest; `nil` when only a person can say.
  package var retryAfter: UInt64?

  package init(reason: Reason, retryAfter: UInt64?) {
    self.reason = reason
    self.retryAfter = retryAfter
  }
}
