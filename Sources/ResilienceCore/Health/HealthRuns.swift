/// How many answers in a row were at least so bad, and how many at least so good.
///
/// The rule of hysteresis: a check becomes as bad as all of its last `unhealthyAfter` answers, and as good as all of its last
/// `healthyAfter`. One answer cannot do both, because an answer that is worse than the check is ends the runs of better ones.
struct HealthRuns: Hashable, Sendable {
  private var notHealthy = 0
  private var unhealthy = 0
  private var notUnhealthy = 0
  private var healthy = 0

  /// Answers of the latest one's kind in a row: unhealthy ones, or others.
  var length: Int { max(unhealthy, notUnhealthy) }

  mutating func note(_ answer: HealthStatus) {
    Self.count(&notHealthy, answer != .healthy)
    Self.count(&unhealthy, answer == .unhealthy)
    Self.count(&notUnhealthy, answer != .unhealthy)
    Self.count(&healthy, answer == .healthy)
  }

  /// What a check of this status is after these answers. An unknown one is as good as its first good answer says: there is
  /// nothing that it has to come back from.
  func status(after status: HealthStatus, worseAfter bad: Int, betterAfter good: Int) -> HealthStatus {
    let bad = max(bad, 1)
    let good = status == .unknown ? 1 : max(good, 1)
    if unhealthy >= bad { return .unhealthy }
    if healthy >= good { return .healthy }
    switch status {
    case .healthy: return notHealthy >= bad ? .degraded : .healthy
    case .unhealthy, .unknown: return notUnhealthy >= good ? .degraded : status
    default: return status
    }
  }

  private static func count(_ run: inout Int, _ goesOn: Bool) {
    run = goesOn ? run + (run == .max ? 0 : 1) : 0
  }
}
