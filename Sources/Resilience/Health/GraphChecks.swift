internal import LocatedYAML
internal import PolicyCompiler
internal import PolicyLanguage
internal import ResilienceCore

extension PolicyGraph {
  /// The health checks of the file, with their probes and the live breakers that they gate.
  var checks: [CheckDefinition] {
    document.healthChecks.values.compactMap { definition in
      probe(of: definition).map {
        CheckDefinition(
          probe: $0, settings: definition.value.settings, location: definition.location.inShort,
          gates: definition.value.gates.compactMap { gate(to: $0) })
      }
    }
  }

  private func probe(of definition: Definition<HealthCheckDefinition>) -> (any HealthCheck)? {
    let name = definition.name
    switch definition.value.probe {
    case .tcp(let endpoint): return TCPCheck(name, endpoint)
    case .http(let address, let expected): return HTTPCheck(name, address, expecting: expected)
    case .exec(let words): return CommandCheck(name, words)
    case .breaker(let breaker): return probe(of: breaker, as: name)
    case .handler(let handler): return context.healthChecks[handler].map { Renamed(name: name, check: $0) }
    }
  }

  private func probe(of breaker: String, as name: String) -> (any HealthCheck)? {
    switch document.breakers[breaker]?.value.scope {
    case nil: nil
    case .shared: self.breaker(breaker).map { BreakerCheck(name, $0) }
    case .operation, .target, .key: ScopedBreakerCheck(name: name, breaker: breaker, graph: self)
    }
  }
}

/// A check of the program's, under the name that the file has for it.
private struct Renamed: HealthCheck {
  let name: String
  let check: any HealthCheck

  func check() async throws -> HealthReport { try await check.check() }
}

extension Location {
  /// `file:line`, as events carry it.
  var inShort: String { "\(source.path):\(line)" }
}
