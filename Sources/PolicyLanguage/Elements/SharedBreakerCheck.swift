internal import ResilienceCore

/// Refuses health checks and recoveries that speak of a breaker of which there are many: which of them would be meant?
struct SharedBreakerCheck {
  let decoder: PolicyDecoder

  /// O(health checks + recoveries).
  func run() {
    for case .some(let check) in decoder.elements.healthChecks {
      for breaker in check.value.gates { judge(breaker, "gated", at: check.origins["gates"] ?? check.location) }
      if case .breaker(let breaker) = check.value.probe {
        judge(breaker, "probed", at: check.origins["probe.breaker"] ?? check.location)
      }
    }
    for case .some(let recovery) in decoder.elements.recoveries {
      guard case .breaker(let breaker) = recovery.value.condition.subject else { continue }
      judge(breaker, "a condition", at: recovery.origins["when.breaker"] ?? recovery.location)
    }
  }

  private func judge(_ name: String, _ role: String, at place: Location) {
    for case .some(let breaker) in decoder.elements.breakers where breaker.name == name {
      guard breaker.value.scope != .shared else { continue }
      decoder.report(
        .outOfRange, "breaker `\(name)` has a `scope`, so there are many of it, and none of them can be \(role) here",
        at: place, related: [Diagnostic.Related(breaker.origins["scope"] ?? breaker.location, "the scope is here")],
        help: "name a breaker that all calls share")
    }
  }
}
