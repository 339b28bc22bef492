/// One check at one moment.
public struct HealthComponent: Hashable, Sendable {
  public let name: String
  public let status: HealthStatus
  /// What the latest answer said, also when one answer is not enough to change the status.
  public let message: String?
  public let details: [String: String]
  /// Whether the whole is unhealthy with it.
  public let isCritical: Bool
  /// When the latest answer came; `nil` before the first.
  public let answeredAt: WallTime?
  /// How long the latest answer took; `nil` before the first.
  public let latency: Duration?

  package init(
    name: String, status: HealthStatus, message: String? = nil, details: [String: String] = [:],
    isCritical: Bool = true, answeredAt: WallTime? = nil, latency: Duration? = nil
  ) {
    self.name = name
    self.status = status
    self.message = message
    self.details = details
    self.isCritical = isCritical
    self.answeredAt = answeredAt
    self.latency = latency
  }
}
