/// When something is asked whether it is well, and what its answers mean.
public struct HealthCheckSettings: Hashable, Sendable {
  /// The time from one probe to the next, from beginning to beginning. Taken as at least a millisecond.
  public var every: Duration
  /// How long a probe may take. One that takes longer is cancelled and counts as unhealthy.
  public var timeout: Duration
  /// The share of ``every`` that chance takes off each time, so that checks do not run in step.
  public var jitter: Ratio
  /// A good answer that took longer is degraded; `nil`: however long it took.
  public var degradedAbove: Duration?
  /// Bad answers in a row that make it worse.
  public var unhealthyAfter: Int
  /// Good answers in a row that make it better.
  public var healthyAfter: Int
  /// Whether the whole is unhealthy with it; without, the whole is degraded.
  public var critical: Bool

  public init(
    every: Duration, timeout: Duration, jitter: Ratio = .percent(20), degradedAbove: Duration? = nil,
    unhealthyAfter: Int = 1, healthyAfter: Int = 1, critical: Bool = true
  ) {
    self.every = every
    self.timeout = timeout
    self.jitter = jitter
    self.degradedAbove = degradedAbove
    self.unhealthyAfter = unhealthyAfter
    self.healthyAfter = healthyAfter
    self.critical = critical
  }
}
