internal import PolicyCompiler
internal import PolicyLanguage
internal import ResilienceCore

/// A graph that calls begin under, with what the world asks of it again and again.
struct GraphInForce {
  let graph: PolicyGraph
  /// `nil` when the graph has no entry for the operation.
  let plan: Plan?
  /// What failures mean, by their index in the run's table of classes. A class that the graph does not define is `other`.
  let classifications: [Classification]
  private var standIns: [String: Plan] = [:]

  init(_ graph: PolicyGraph, operation: String, classes: [String]) {
    self.graph = graph
    plan = graph.plan(for: operation)
    classifications = classes.map { graph.classification(ofClass: $0) ?? Classification(.other) }
  }

  /// The name of the operation that a link of a chain stands in with; `nil` for other links.
  func standIn(for operation: String, layer: Int, step: Int) -> String? {
    guard let layers = graph.definition(for: operation).map({ graph.layers(of: $0.value) }),
      layers.indices.contains(layer),
      case .fallback(let chain) = layers[layer].element, chain.indices.contains(step),
      case .operation(let name) = chain[step].value.kind
    else { return nil }
    return name
  }

  mutating func plan(ofStandIn operation: String) -> Plan? {
    if let known = standIns[operation] { return known }
    let plan = graph.plan(for: operation)
    standIns[operation] = plan
    return plan
  }

  /// The class of a failure with which it is shown.
  func classification(_ classIndex: Int) -> Classification {
    classifications.indices.contains(classIndex) ? classifications[classIndex] : Classification(.other)
  }
}
