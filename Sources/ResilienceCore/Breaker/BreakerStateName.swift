/// What a circuit breaker does with the next call.
///
/// A breaker in shadow has the state that it would have, and lets every call through.
public enum BreakerStateName: String, Hashable, Sendable, CaseIterable {
  /// It is let through.
  case closed
  /// It is rejected, until the open time is over.
  case open
  /// It is let through as a probe, if there is a place for one.
  case halfOpen = "half-open"
  /// It is let through if it is among the share that the ramp has come to.
  case ramping
  /// It is rejected, until somebody closes the breaker by hand.
  case isolated
  /// It is rejected, until other settings come into force.
  case forcedOpen = "forced-open"
  /// It is let through, and its end is not looked at.
  case disabled
}
