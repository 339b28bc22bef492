internal import LocatedYAML
internal import PolicyLanguage
internal import ResilienceCore

/// What a retry makes calls do.
struct RetryMeaning: Hashable {
  private let settings: RetrySettings
  private let budget: String?

  init(_ definition: RetryDefinition, _ number: ClassNumbering) {
    settings = number(definition.settings)
    budget = definition.budget
  }
}

/// What a fallback makes calls do. A value is told by what it says, not by how it is written.
struct FallbackMeaning: Hashable {
  private enum Source: Hashable {
    case operation(String)
    case handler(String)
    case value(ValueMeaning)
    case lastGood(LastGoodSettings)
  }

  private let source: Source
  private let handle: FailureClasses

  init(_ definition: FallbackDefinition, _ number: ClassNumbering) {
    handle = number(definition.handle)
    source =
      switch definition.kind {
      case .operation(let name): .operation(name)
      case .handler(let name): .handler(name)
      case .value(let node): .value(ValueMeaning(node))
      case .lastGood(let settings): .lastGood(settings)
      }
  }
}

/// What a hedge makes calls do, the numbers of what pays for it included.
struct HedgeMeaning: Hashable {
  private let definition: HedgeDefinition
  private let budget: RetryBudgetSettings?

  init(_ definition: HedgeDefinition, _ graph: PolicyGraph) {
    self.definition = definition
    budget = definition.budget.flatMap { graph.document.budgets[$0]?.value }
  }
}

/// What chaos does to calls.
struct ChaosMeaning: Hashable {
  private enum Effect: Hashable {
    case failure(String)
    case delay(Duration)
    case value(ValueMeaning)
  }

  private let effect: Effect
  private let settings: ChaosSettings

  init(_ definition: ChaosDefinition) {
    settings = definition.settings
    effect =
      switch definition.effect {
      case .failure(let name): .failure(name)
      case .delay(let time): .delay(time)
      case .value(let node): .value(ValueMeaning(node))
      }
  }
}

/// What a value of a file says.
indirect enum ValueMeaning: Hashable {
  case text(String)
  case list([ValueMeaning])
  case map([String: ValueMeaning])

  init(_ node: Node) {
    let node = node.resolved
    self =
      switch node.kind {
      case .scalar, .alias: .text(node.text)
      case .sequence: .list(node.items.map(ValueMeaning.init))
      case .mapping:
        .map(Dictionary(node.entries.map { ($0.key.text, ValueMeaning($0.value)) }) { first, _ in first })
      }
  }
}

/// What a layer makes calls do: its kind, the names of its elements, and their numbers.
struct LayerMeaning: Hashable {
  private let kind: PolicyLanguage.LayerKind
  private let names: [String]
  private let numbers: AnyHashable

  init(_ layer: LayerDefinition, _ number: ClassNumbering, _ graph: PolicyGraph) {
    kind = layer.kind
    switch layer.element {
    case .fallback(let chain):
      names = chain.map(\.name)
      numbers = chain.map { FallbackMeaning($0.value, number) }
    case .deadline(let limit), .timeout(let limit):
      names = [limit.name]
      numbers = limit.value
    case .rateLimit(let limiter):
      names = [limiter.name]
      numbers = limiter.value
    case .bulkhead(let bulkhead):
      names = [bulkhead.name]
      numbers = bulkhead.value
    case .retry(let retry):
      names = [retry.name]
      numbers = [
        AnyHashable(RetryMeaning(retry.value, number)),
        AnyHashable(retry.value.budget.flatMap { graph.document.budgets[$0]?.value }),
      ]
    case .breaker(let breaker):
      names = [breaker.name]
      numbers = number(breaker.value)
    case .hedge(let hedge):
      names = [hedge.name]
      numbers = HedgeMeaning(hedge.value, graph)
    case .chaos(let chaos):
      names = [chaos.name]
      numbers = ChaosMeaning(chaos.value)
    }
  }
}

/// What an entry under `operations` makes calls do; who owns it and what is known of its callee does nothing.
struct OperationMeaning: Hashable {
  private let layers: [LayerMeaning]
  private let idempotency: OperationDefinition.Idempotency
  private let target: String?

  init(_ definition: OperationDefinition, _ number: ClassNumbering, _ graph: PolicyGraph) {
    layers = definition.layers.map { LayerMeaning($0, number, graph) }
    idempotency = definition.idempotency
    target = definition.target
  }
}
