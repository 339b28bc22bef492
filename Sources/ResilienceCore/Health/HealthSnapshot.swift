/// All checks at one moment, and what they come to.
public struct HealthSnapshot: Hashable, Sendable {
  /// `unhealthy` if a critical check is; else `degraded` if any check is, or one that is not critical is unhealthy; else
  /// `healthy`. A check of which nothing is known makes nothing worse.
  public let status: HealthStatus
  /// By name.
  public let components: [HealthComponent]
  /// When this was so.
  public let time: WallTime

  package init(_ components: [HealthComponent], at time: WallTime) {
    self.components = components.sorted { $0.name < $1.name }
    self.time = time
    status = HealthStatus(of: components.map { ($0.status, $0.isCritical) })
  }

  /// Whether requests should come: not unhealthy, and every critical check has been decided.
  public var isReady: Bool {
    status != .unhealthy && !components.contains { $0.isCritical && $0.status == .unknown }
  }

  /// The check of a name.
  public subscript(_ name: String) -> HealthComponent? { components.first { $0.name == name } }
}

extension HealthStatus {
  /// What parts come to, each with whether the whole is unhealthy with it.
  package init(of parts: [(status: HealthStatus, isCritical: Bool)]) {
    self = .healthy
    for part in parts {
      switch part.status {
      case .unhealthy where part.isCritical:
        self = .unhealthy
        return
      case .unhealthy, .degraded: self = .degraded
      default: break
      }
    }
  }
}
