internal import PolicyLanguage
internal import ResilienceCore

/// What a document says of each mechanism, by name, those that are written in layers included.
package struct MechanismDefinitions {
  private(set) var breakers: [ElementName: BreakerDefinition]
  private(set) var bulkheads: [ElementName: BulkheadDefinition]
  private(set) var rateLimiters: [ElementName: RateLimiterDefinition]
  private(set) var budgets: [String: RetryBudgetSettings]
  private(set) var lastGood: [ElementName: LastGoodSettings] = [:]
  /// The hedges of each operation's layers, by the position of the operation: each can be tuned for itself.
  private var hedges: [[ElementName: HedgeSettings]] = []
  private var hedgeNames: Set<ElementName> = []
  private var targets: Set<String> = []
  private let directory: OperationDirectory
  private let numbering: ClassNumbering

  /// O(elements + layers).
  init(_ document: PolicyDocument, _ directory: OperationDirectory, _ numbering: ClassNumbering) {
    self.directory = directory
    self.numbering = numbering
    breakers = document.breakers.byElementName { numbering($0) }
    bulkheads = document.bulkheads.byElementName { $0 }
    rateLimiters = document.rateLimiters.byElementName { $0 }
    budgets = document.budgets.mapValues(\.value)
    for fallback in document.fallbacks.values { add(fallback) }
    for pipeline in document.pipelines.values { add(pipeline.value) }
    for operation in document.operations {
      targets.insert(operation.value.target ?? operation.name)
      addHedges(operation.value.layers)
      if operation.value.pipelineName == nil || operation.value.isTuned { add(operation.value.layers) }
    }
  }

  /// Whether there is an element of this name with live state.
  func has(_ text: String, in section: SectionName) -> Bool {
    let name = ElementName(text)
    return switch section {
    case .breakers: breakers[name] != nil
    case .bulkheads: bulkheads[name] != nil
    case .rateLimiters: rateLimiters[name] != nil
    case .budgets: budgets[text] != nil
    case .fallbacks: lastGood[name] != nil
    case .hedges: hedgeNames.contains(name)
    default: false
    }
  }

  /// The numbers of a hedge in the operation that it learns from; `nil` when the operation has no such hedge.
  func hedge(_ identity: MechanismIdentity) -> HedgeSettings? {
    guard case .operation(let operation) = identity.sharing, let index = directory.index(of: operation),
      hedges.indices.contains(index)
    else { return nil }
    return hedges[index][identity.name]
  }

  /// Whether there still is something that shares an instance in this way.
  func isUsed(_ sharing: MechanismIdentity.Sharing) -> Bool {
    switch sharing {
    case .all, .label: true
    case .operation(let operation): directory.index(of: operation) != nil
    case .target(let target): targets.contains(target) || directory.index(of: target) != nil
    }
  }

  private mutating func addHedges(_ layers: [LayerDefinition]) {
    var own: [ElementName: HedgeSettings] = [:]
    for layer in layers {
      guard case .hedge(let definition) = layer.element else { continue }
      own[definition.elementName] = definition.value.settings
      hedgeNames.insert(definition.elementName)
    }
    hedges.append(own)
  }

  private mutating func add(_ layers: [LayerDefinition]) {
    for layer in layers {
      switch layer.element {
      case .breaker(let definition): breakers[definition.elementName] = numbering(definition.value)
      case .bulkhead(let definition): bulkheads[definition.elementName] = definition.value
      case .rateLimit(let definition): rateLimiters[definition.elementName] = definition.value
      case .fallback(let chain): for fallback in chain { add(fallback) }
      case .deadline, .timeout, .retry, .hedge, .chaos: break
      }
    }
  }

  private mutating func add(_ fallback: Definition<FallbackDefinition>) {
    if case .lastGood(let settings) = fallback.value.kind { lastGood[fallback.elementName] = settings }
  }
}

extension Dictionary where Key == String {
  /// What the elements of a section say, by their names.
  fileprivate func byElementName<Said, Meaning>(_ say: (Said) -> Meaning) -> [ElementName: Meaning]
  where Value == Definition<Said> {
    var named: [ElementName: Meaning] = [:]
    named.reserveCapacity(count)
    for definition in values { named[definition.elementName] = say(definition.value) }
    return named
  }
}
