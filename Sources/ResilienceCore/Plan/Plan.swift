import Synchronization

/// One operation, compiled: its layers from the outermost in, and what every call of it needs.
///
/// Immutable. The mechanisms it points to live longer than it does: a reload makes new plans around the same mechanisms.
@usableFromInline package final class Plan: Sendable {
  /// The most layers that a pipeline can have; a call keeps their state in its own frame.
  package static let maximumLayers = LayerStates.capacity

  package let operation: String
  package let layers: [Layer]
  package let idempotency: Idempotency
  package let time: TimeSource
  private let host: PlanHost
  private let events: EventHub?

  /// Budgets that are told when a first try's body starts, each with the layers that spend from it.
  package let budgets: [(layers: [Int], budget: RetryBudget)]
  /// Fallbacks that keep the last good value.
  package let keepers: [(store: LastGoodStore, key: LastGoodSettings.Key)]
  /// A deadline or timeout bounds the bodies.
  package let hasLimits: Bool
  /// A timeout gives up on bodies that go on: they must be able to outlive the call.
  package let abandonsBodies: Bool
  /// The layers that hedge, a bit each; none when the operation must not run twice.
  private let hedges: UInt16
  /// What the layers do while everything goes right.
  let passive: PassiveSteps
  let rejection = KnownRejection()
  /// There since an event or an error needed it.
  private let madeReports = Mutex<PlanReports?>(nil)
  /// The layers whose missing label was reported, a bit each.
  private let reportedLabels = Atomic<UInt64>(0)

  /// - Parameter layers: Kept as it is: an array that is no larger than it has to be saves memory.
  package init(
    operation: String, layers: [Layer], idempotency: Idempotency = .unknown, time: TimeSource = .system, host: PlanHost,
    events: EventHub? = nil
  ) {
    let layers = layers.count > Plan.maximumLayers ? Array(layers.prefix(Plan.maximumLayers)) : layers
    self.operation = operation
    self.layers = layers
    self.idempotency = idempotency
    self.time = time
    self.host = host
    passive = PassiveSteps(layers)
    self.events = events
    budgets = Plan.budgets(of: layers)
    keepers = Plan.keepers(of: layers)
    hasLimits = layers.contains { $0.limit != nil }
    abandonsBodies = layers.contains { $0.abandonsBodies }
    hedges = Plan.hedges(of: layers, idempotency)
  }

  package var classifier: FailureClassifier { host.classifier }
  package var chance: Chance { host.chance }
  package var supervisor: Supervisor { host.supervisor }
  /// Counts the reloads of the file: the first load is 1.
  package var generation: UInt64 { host.generation }

  private static func hedges(of layers: [Layer], _ idempotency: Idempotency) -> UInt16 {
    if case .declared(false) = idempotency { return 0 }
    return layers.indices.reduce(0) { layers[$1].kind == .hedge ? $0 | 1 << UInt16($1) : $0 }
  }

  private static func budgets(of layers: [Layer]) -> [(layers: [Int], budget: RetryBudget)] {
    var found: [(layers: [Int], budget: RetryBudget)] = []
    for (index, layer) in layers.enumerated() {
      guard let budget = layer.budget else { continue }
      if let known = found.firstIndex(where: { $0.budget === budget }) {
        found[known].layers.append(index)
      } else {
        found.append(([index], budget))
      }
    }
    return found
  }

  private static func keepers(of layers: [Layer]) -> [(store: LastGoodStore, key: LastGoodSettings.Key)] {
    var found: [(store: LastGoodStore, key: LastGoodSettings.Key)] = []
    for layer in layers {
      guard case .fallback(let steps) = layer.mechanism else { continue }
      for case .lastGood(let store, let key) in steps.lazy.map(\.source) { found.append((store, key)) }
    }
    return found
  }

  /// The first hedge at `layer` or inside it; the number of layers when there is none, or when nothing may be hedged because the
  /// operation must not run twice.
  func hedge(from layer: Int) -> Int {
    let inside = hedges >> UInt16(truncatingIfNeeded: layer)
    return inside == 0 ? layers.count : layer + inside.trailingZeroBitCount
  }

  /// Is told what calls decide; `nil` while nobody listens.
  package var observer: EventObserver? { events?.observer }

  /// Whether nobody reported before that a call came without the label of this layer.
  package func isFirstReport(ofMissingLabelAt layer: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(layer)
    return reportedLabels.bitwiseOr(bit, ordering: .relaxed).oldValue & bit == 0
  }

  private var reports: PlanReports {
    madeReports.withLock { made in
      if let made { return made }
      let new = PlanReports(layers)
      made = new
      return new
    }
  }

  /// The name of a layer's element, for events and errors.
  func name(of layer: Int) -> String { reports.name(of: layer) }

  /// `file:line` of a layer, for events; `nil` for a layer made in code.
  package func location(of layer: Int) -> String? { reports.location(of: layer) }
}

extension Plan {
  /// A plan that has nothing in common with others.
  package convenience init(
    operation: String, layers: [Layer], classifier: FailureClassifier = FailureClassifier(),
    idempotency: Idempotency = .unknown, time: TimeSource = .system, chance: Chance, supervisor: Supervisor,
    generation: UInt64 = 1, events: EventHub? = nil
  ) {
    let host = PlanHost(classifier: classifier, chance: chance, supervisor: supervisor, generation: generation)
    self.init(
      operation: operation, layers: layers, idempotency: idempotency, time: time, host: host, events: events)
  }

  /// A plan whose decisions one observer is told.
  package convenience init(
    operation: String, layers: [Layer], classifier: FailureClassifier = FailureClassifier(),
    idempotency: Idempotency = .unknown, time: TimeSource = .system, chance: Chance, supervisor: Supervisor,
    generation: UInt64 = 1, observer: EventObserver?
  ) {
    self.init(
      operation: operation, layers: layers, classifier: classifier, idempotency: idempotency, time: time,
      chance: chance, supervisor: supervisor, generation: generation, events: observer.map { EventHub($0) })
  }
}

extension Layer {
  /// What pays for the extra tries that the layer makes.
  fileprivate var budget: RetryBudget? {
    switch mechanism {
    case .retry(_, let budget), .hedge(_, let budget): budget
    default: nil
    }
  }

  fileprivate var abandonsBodies: Bool {
    limit?.mode == .abandon
  }
}
