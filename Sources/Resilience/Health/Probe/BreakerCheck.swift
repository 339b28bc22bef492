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
    switch breaker.state {
    case .closed: .healthy
    case .open: .unhealthy("breaker \(breaker.name) is open")
    case .isolated: .unhealthy("breaker \(breaker.name) is isolated")
    case let state: .degraded("breaker \(breaker.name) is \(state.rawValue)")
    }
  }
}
