/// What a circuit breaker does with the next call.
public enum BreakerStateName: String, Hashable, Sendable, CaseIterable {
  /// It is let through.
  case closed
  /// It is rejected, until the open time is over.
  case open
  /// It is let through as a probe, if there is a place for one.
  case halfOpen = "half-open"
  /// It is rejected, until somebody closes the breaker by hand.
  case isolated
}

/// A breaker at one moment, for people and for metrics.
package struct BreakerSnapshot: Hashable, Sendable {
  package var state: BreakerStateName
  /// Grows by one with every transition.
  package var generation: UInt64
  /// Failures in a row.
  package var run: Int
  package var window: WindowCounts
  /// When the next call is a probe; set only while open.
  package var openUntil: Instant?
  /// Probes that hold a place, and successes among those that ended; zero unless half-open.
  package var probes: Int
  package var successes: Int
}

/// What a window knows of the calls in it.
package struct WindowCounts: Hashable, Sendable {
  package var calls = 0
  package var failures = 0
  package var slow = 0

  package init(calls: Int = 0, failures: Int = 0, slow: Int = 0) {
    self.calls = calls
    self.failures = failures
    self.slow = slow
  }
}
