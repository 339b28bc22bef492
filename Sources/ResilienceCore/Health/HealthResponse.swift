/// An answer to a load balancer, an orchestrator or a person, for any web framework.
public struct HealthResponse: Hashable, Sendable {
  /// 200 while requests should come, 503 while they should not.
  public let status: Int
  /// JSON.
  public let body: String
  public let contentType = "application/json"

  /// Whether it is well enough: 200 when healthy and degraded, 503 when unhealthy.
  public init(health snapshot: HealthSnapshot) {
    status = snapshot.status == .unhealthy ? 503 : 200
    body = snapshot.json
  }

  /// Whether it can take requests: 503 until every critical check has been decided too.
  public init(readiness snapshot: HealthSnapshot) {
    status = snapshot.isReady ? 200 : 503
    body = snapshot.json
  }
}
