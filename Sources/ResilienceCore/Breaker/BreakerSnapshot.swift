/// A breaker at one moment, for people and for metrics.
public struct BreakerSnapshot: Hashable, Sendable {
  public internal(set) var state: BreakerStateName
  public internal(set) var mode: CircuitBreakerSettings.Mode
  /// Grows by one with every transition.
  public internal(set) var generation: UInt64
  /// Failures in a row.
  public internal(set) var run: Int
  /// The calls of the window; none when no criterion needs one.
  public internal(set) var window: WindowCounts
  /// When the next call is a probe, on the clock of the breaker; set only while open.
  public internal(set) var openUntil: Instant?
  /// How long it is until then.
  public internal(set) var untilProbe: Duration?
  /// Probes that hold a place; zero unless half-open.
  public internal(set) var probes: Int
  /// Successes among the probes that ended; zero unless half-open.
  public internal(set) var successes: Int
  /// The share of the calls that is let through; set only while ramping.
  public internal(set) var share: Ratio?
}

/// What a window knows of the calls in it; up to 2³² − 1 calls, and no more than them failed or slow.
public struct WindowCounts: Hashable, Sendable {
  private var callCount: UInt32 = 0
  private var failureCount: UInt32 = 0
  private var slowCount: UInt32 = 0

  package init(calls: Int = 0, failures: Int = 0, slow: Int = 0) {
    self.calls = calls
    self.failures = failures
    self.slow = slow
  }

  public internal(set) var calls: Int {
    get { Int(callCount) }
    set { callCount = UInt32(clamping: newValue) }
  }

  public internal(set) var failures: Int {
    get { Int(failureCount) }
    set { failureCount = UInt32(clamping: newValue) }
  }

  public internal(set) var slow: Int {
    get { Int(slowCount) }
    set { slowCount = UInt32(clamping: newValue) }
  }

  /// How many more calls can be counted.
  var room: Int { Int(UInt32.max - callCount) }
}
