internal import PolicyCompiler
internal import ResilienceCore

/// Is as well as the breakers of one name that a `scope` makes many: healthy while all are closed, unhealthy while half of them or more
/// turn calls away, else degraded. One tenant of many is no reason to take a service out.
struct ScopedBreakerCheck: HealthCheck {
  /// How many breakers a message names.
  private static let mostNames = 3

  let name: String
  let breaker: String
  let graph: PolicyGraph

  func check() async throws -> HealthReport {
    let states = graph.breakerStates(of: breaker, at: graph.context.time.now)
    let unwell = states.filter { $0.state.health != .healthy }
    guard !unwell.isEmpty else { return .healthy }
    let message = words(unwell, of: states.count)
    return unwell.count { $0.state.health == .unhealthy } * 2 >= states.count ? .unhealthy(message) : .degraded(message)
  }

  /// `2 of 40 breakers partner: partner{tenant=a} is open, partner{tenant=b} is half-open`.
  private func words(_ unwell: [(name: String, state: BreakerStateName)], of count: Int) -> String {
    let first = unwell.prefix(Self.mostNames).map { "\($0.name) is \($0.state.rawValue)" }
    let more = unwell.count > first.count ? ["\(unwell.count - first.count) more"] : []
    return "\(unwell.count) of \(count) breakers \(breaker): " + (first + more).joined(separator: ", ")
  }
}
