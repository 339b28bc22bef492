internal import LocatedYAML
internal import PolicyLanguage
package import ResilienceCore

/// Makes the plan of one operation out of its layers, around the live mechanisms of its graph.
struct PlanBuilder {
  let graph: PolicyGraph
  /// The operation's own name, where its entry may be a pattern.
  let operation: String
  let definition: OperationDefinition

  func build(with mechanisms: inout MechanismRegistry) -> Plan {
    let definitions = graph.layers(of: definition)
    var layers: [Layer] = []
    layers.reserveCapacity(definitions.count)
    for layer in definitions {
      // The plan has the text of its operation already.
      let name = layer.elementName.kept(in: operation)
      layers.append(
        Layer(
          mechanism(of: layer, named: name, &mechanisms), name: name,
          place: LayerPlace(layer.location.source, offset: layer.location.span.start)))
    }
    return Plan(
      operation: operation, layers: layers, idempotency: idempotency, time: graph.context.time, host: graph.planHost,
      events: graph.context.events)
  }

  private var idempotency: Idempotency {
    switch definition.idempotency {
    case .yes, .key: .safe
    case .no: .declared(false)
    case .unknown: .unknown
    }
  }

  /// - Parameter name: That of the layer's element.
  private func mechanism(
    of layer: LayerDefinition, named name: ElementName, _ mechanisms: inout MechanismRegistry
  ) -> Layer.Mechanism {
    switch layer.element {
    case .fallback(let chain): return .fallback(chain.map { step($0, &mechanisms) })
    case .deadline(let limit): return .deadline(Limit(limit.value))
    case .timeout(let limit): return .timeout(Limit(limit.value))
    case .rateLimit(let limiter):
      return .rateLimit(
        mechanisms.rateLimiter(
          identity(name, limiter.value.scope), limiter.value.settings, on: graph.context.time))
    case .bulkhead(let bulkhead):
      return .bulkhead(mechanisms.bulkhead(identity(name, bulkhead.value.scope), bulkhead.value.settings))
    case .retry(let retry):
      return .retry(
        graph.numbers(retry), budget: budget(retry.value.budget, &mechanisms))
    case .breaker(let breaker):
      return .breaker(graph.breaker(breaker, identity(name, breaker.value.scope), in: &mechanisms))
    case .hedge(let hedge):
      return .hedge(
        mechanisms.hedge(name, of: operation, hedge.value.settings),
        budget: budget(hedge.value.budget, &mechanisms))
    case .chaos(let chaos): return .chaos(Chaos(effect(of: chaos), chaos.value.settings))
    }
  }

  private func budget(_ name: String?, _ mechanisms: inout MechanismRegistry) -> RetryBudget? {
    name.flatMap { graph.document.budgets[$0] }.map { mechanisms.budget($0) }
  }

  private func effect(of chaos: Definition<ChaosDefinition>) -> Chaos.Effect {
    switch chaos.value.effect {
    case .failure(let name): .failure(class: name)
    case .delay(let time): .delay(time.nanoseconds)
    case .value: .value(graph.values[chaos.name])
    }
  }

  private func identity(_ name: ElementName, _ scope: InstanceScope) -> MechanismIdentity {
    MechanismIdentity(name, scope, operation: operation, target: definition.target)
  }

  private func step(
    _ fallback: Definition<FallbackDefinition>, _ mechanisms: inout MechanismRegistry
  ) -> FallbackStep {
    FallbackStep(
      name: fallback.name, handle: graph.numbering(fallback.value.handle), source: source(of: fallback, &mechanisms))
  }

  private func source(
    of fallback: Definition<FallbackDefinition>, _ mechanisms: inout MechanismRegistry
  ) -> FallbackStep.Source {
    switch fallback.value.kind {
    case .value: return .value(graph.values[fallback.name])
    case .lastGood(let settings):
      return .lastGood(mechanisms.lastGood(fallback.elementName, of: operation, settings), settings.key)
    case .handler(let name): return .handler(graph.context.handlers[name] ?? .missing)
    case .operation(let name):
      return .operation(graph.context.operations[name].map { graph.handler(running: $0, as: name) } ?? .missing)
    }
  }
}

extension SourceText: LayerSource {
  package func place(at offset: Int) -> String { "\(path):\(lineNumber(at: offset))" }
}

extension LayerDefinition {
  /// The name of the breaker, retry, timeout … of the layer; of a chain, the first link's.
  package var elementName: ElementName {
    switch element {
    case .fallback(let chain): chain.first?.elementName ?? ElementName("fallback")
    case .deadline(let definition), .timeout(let definition): definition.elementName
    case .rateLimit(let definition): definition.elementName
    case .bulkhead(let definition): definition.elementName
    case .retry(let definition): definition.elementName
    case .breaker(let definition): definition.elementName
    case .hedge(let definition): definition.elementName
    case .chaos(let definition): definition.elementName
    }
  }
}
