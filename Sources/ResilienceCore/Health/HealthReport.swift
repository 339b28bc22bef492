/// What a health check found.
///
/// ```swift
/// return lag < 1_000 ? .healthy : .degraded("\(lag) messages behind")
/// ```
public struct HealthReport: Hashable, Sendable {
  /// Never ``HealthStatus/unknown``.
  public let status: HealthStatus
  /// One line for people.
  public var message: String?
  /// Numbers and words for people and programs, such as `["connections": "7"]`.
  public var details: [String: String]

  private init(_ status: HealthStatus, _ message: String?, _ details: [String: String]) {
    self.status = status
    self.message = message
    self.details = details
  }

  /// It is well, and there is nothing to say about it.
  public static let healthy = HealthReport(.healthy, nil, [:])

  /// It is well.
  public static func healthy(_ message: String, details: [String: String] = [:]) -> HealthReport {
    HealthReport(.healthy, message, details)
  }

  /// It works, and not as it should.
  public static func degraded(_ message: String, details: [String: String] = [:]) -> HealthReport {
    HealthReport(.degraded, message, details)
  }

  /// It does not work.
  public static func unhealthy(_ message: String, details: [String: String] = [:]) -> HealthReport {
    HealthReport(.unhealthy, message, details)
  }
}
