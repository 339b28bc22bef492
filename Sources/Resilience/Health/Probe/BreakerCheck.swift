public import ResilienceCore

/// Is as well as a breaker: healthy while it is closed, degraded while it lets probes through, unhealthy while it is open or
/// isolated.
public struct BreakerCheck: HealthCheck {
  public let name: String
  private let breaker: CircuitBreaker

  public init(_ name: String, _ breaker: CircuitBreaker) {
    self.name = name
    self.breaker = breaker
  }

  public func check() async throws -> HealthReport {
    let state = breaker.state
    let words = "breaker \(breaker.name) is \(state.rawValue)"
    return switch state.health {
    case .healthy: .healthy
    case .unhealthy: .unhealthy(words)
    default: .degraded(words)
    }
  }
}

extension BreakerStateName {
  /// What a breaker in this state says of what it protects.
  var health: HealthStatus {
    switch self {
    case .closed: .healthy
    case .open, .isolated: .unhealthy
    default: .degraded
    }
  }
}
