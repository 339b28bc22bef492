/// A breaker's answer to a call that wants to run, with the changes that it tells of, in the order of their instants.
package enum Admission: ~Copyable, Sendable {
  /// The call runs, and gives the permit back with its end.
  case admit(BreakerPermit, BreakerChanges)
  /// The call runs and the breaker does not look at it: it is disabled, or in shadow, where it only says what it would have done.
  case pass(BreakerRejection?, BreakerChanges)
  case reject(BreakerRejection, BreakerChanges)
}

/// Why a breaker turned a call away.
package struct BreakerRejection: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// The open time is not over, or the settings force the breaker open.
    case open
    /// Every place for a probe is taken, or the call is not among the share that is let through after the probes.
    case probing
    /// Somebody isolated the breaker by hand.
    case isolated
  }

  package var reason: Reason
  /// Nanoseconds until a call can be the next probe at the latest, or until a larger share is let through; `nil` when only a
  /// person can say.
  package var retryAfter: UInt64?

  package init(reason: Reason, retryAfter: UInt64?) {
    self.reason = reason
    self.retryAfter = retryAfter
  }
}
