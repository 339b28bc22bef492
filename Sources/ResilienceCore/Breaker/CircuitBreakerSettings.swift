/// What a policy file, or code, can say of a circuit breaker.
///
/// Any one of ``failures``, ``failureRate``, ``slowRate`` and ``failuresInWindow`` opens the breaker.
public struct CircuitBreakerSettings: Hashable, Sendable {
  /// Over what failures and slow calls are counted.
  public enum Window: Hashable, Sendable {
    /// The last so many calls.
    case calls(Int)
    /// The calls of the last so much time, in ten buckets.
    case time(Duration)
  }

  /// How long an open breaker stays open.
  public struct OpenTime: Hashable, Sendable {
    /// The first open time.
    public var duration: Duration
    /// By what it grows on each re-open in a row; 1 or more.
    public var factor: Double
    /// What it never exceeds; `nil`: no cap.
    public var max: Duration?
    /// The share of the open time, drawn at each opening, that is taken off.
    public var jitter: Ratio

    public init(_ duration: Duration, factor: Double = 1, max: Duration? = nil, jitter: Ratio = .zero) {
      self.duration = duration
      self.factor = factor
      self.max = max
      self.jitter = jitter
    }
  }

  /// How a breaker finds out that its callee is back.
  public struct HalfOpen: Hashable, Sendable {
    /// How many probes run at once.
    public var probes: Int
    /// How many successes among them close the breaker.
    public var successes: Int
    /// How long a silent probe keeps its place; `nil`: the open time just served.
    public var lease: Duration?
    /// The shares of the calls that are let through in turn once the probes have succeeded, each for the open time just
    /// served; empty: all of them at once.
    public var ramp: [Ratio]

    public init(probes: Int = 1, successes: Int? = nil, lease: Duration? = nil, ramp: [Ratio] = []) {
      self.probes = probes
      self.successes = successes ?? probes
      self.lease = lease
      self.ramp = ramp
    }
  }

  /// Whether a breaker acts on what it decides.
  public enum Mode: String, Hashable, Sendable, CaseIterable {
    /// It decides and rejects.
    case enforce
    /// It decides and tells, and lets every call through.
    case shadow
    /// It lets every call through and looks at none.
    case disabled
    /// It rejects every call.
    case forcedOpen = "forced-open"
  }

  /// Consecutive failures that open.
  public var failures: Int?
  /// The share of failures in the window that opens.
  public var failureRate: Ratio?
  /// The share of slow calls in the window that opens; needs ``slowerThan``.
  public var slowRate: Ratio?
  /// A call that takes strictly longer is slow.
  public var slowerThan: Duration?
  /// Failures in the window that open.
  public var failuresInWindow: Int?
  public var window: Window
  /// Calls in the window before a rate is judged; `nil`: 20, or the window if that is smaller.
  public var minimumCalls: Int?
  public var open: OpenTime
  public var halfOpen: HalfOpen
  /// The failures that count; others are successes to the breaker, because the callee answered.
  public var handle: FailureClasses
  public var mode: Mode

  public init(
    failures: Int? = nil, failureRate: Ratio? = nil, slowRate: Ratio? = nil, slowerThan: Duration? = nil,
    failuresInWindow: Int? = nil, window: Window = .calls(100), minimumCalls: Int? = nil, open: OpenTime,
    halfOpen: HalfOpen = HalfOpen(), handle: FailureClasses = .everything, mode: Mode = .enforce
  ) {
    self.failures = failures
    self.failureRate = failureRate
    self.slowRate = slowRate
    self.slowerThan = slowerThan
    self.failuresInWindow = failuresInWindow
    self.window = window
    self.minimumCalls = minimumCalls
    self.open = open
    self.halfOpen = halfOpen
    self.handle = handle
    self.mode = mode
  }

  /// The usual short form: opens after so many failures in a row, tries again after `open`, closes after so many successes.
  public init(failures: Int, open: Duration, successes: Int = 1) {
    self.init(failures: failures, open: OpenTime(open), halfOpen: HalfOpen(probes: successes))
  }

  /// Opens after 5 failures in a row for 60 s; 2 successes close.
  public static let standard = CircuitBreakerSettings(failures: 5, open: .seconds(60), successes: 2)
  /// Opens after 3 failures in a row for 30 s; 1 success closes.
  public static let aggressive = CircuitBreakerSettings(failures: 3, open: .seconds(30), successes: 1)
  /// Opens after 10 failures in a row for 300 s; 5 successes close.
  public static let conservative = CircuitBreakerSettings(failures: 10, open: .seconds(300), successes: 5)
}
