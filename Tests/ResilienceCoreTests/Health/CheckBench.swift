import ResilienceCore

/// A check's machine on a time of its own: probes take no time unless they are said to.
struct CheckBench {
  var machine: HealthCheckMachine
  var now = Instant(nanoseconds: 0)
  let chance: Chance

  init(_ settings: HealthCheckSettings, seed: UInt64 = 0) {
    chance = Chance(seed: seed)
    machine = HealthCheckMachine(settings, at: now)
  }

  static func settings(
    every: Duration = .seconds(10), timeout: Duration = .seconds(1), jitter: Ratio = .zero,
    degradedAbove: Duration? = nil, unhealthyAfter: Int = 1, healthyAfter: Int = 1
  ) -> HealthCheckSettings {
    HealthCheckSettings(
      every: every, timeout: timeout, jitter: jitter, degradedAbove: degradedAbove, unhealthyAfter: unhealthyAfter,
      healthyAfter: healthyAfter)
  }

  /// Goes to the next probe and answers it; the status afterwards.
  @discardableResult
  mutating func answer(_ report: HealthReport, after latency: Duration = .zero) -> HealthStatus {
    now = max(now, machine.wake)
    _ = machine.begin(at: now, chance: chance)
    now = now.advanced(by: latency.nanoseconds)
    _ = machine.end(report, at: now)
    return machine.status
  }
}

extension Instant {
  /// So many milliseconds after the origin.
  static func ms(_ milliseconds: UInt64) -> Instant { Instant(nanoseconds: milliseconds * 1_000_000) }
}
