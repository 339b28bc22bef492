import Synchronization

/// One operation, compiled: its layers from the outermost in, and what every call of it needs.
///
/// Immutable. The mechanisms it points to live longer than it does: a reload makes new plans around the same mechanisms.
@usableFromInline package final class Plan: Sendable {
  /// The most layers that a pipeline can have; a call keeps their state in its own frame.
  package static let maximumLayers = LayerStates.capacity

  package let operation: String
  package let layers: [Layer]
  package let classifier: FailureClassifier
  package let idempotency: Idempotency
  package let time: TimeSource
  package let chance: Chance
  package let supervisor: Supervisor
  /// Counts the reloads of the file: the first load is 1.
  package let generation: UInt64
  private let events: EventHub?

  /// Budgets that are told when a first try's body starts, each with the layers that spend from it.
  package let budgets: [(layers: [Int], budget: RetryBudget)]
  /// Fallbacks that keep the last good value.
  package let keepers: [(store: LastGoodStore, key: LastGoodSettings.Key)]
  /// A deadline or timeout bounds the bodies.
  package let hasLimits: Bool
  /// A timeout gives up on bodies that go on: they must be able to outlive the call.
  package let abandonsBodies: Bool
  /// What the layers do while everything goes right.
  let passive: PassiveSteps
  let rejection = KnownRejection()
  /// A copy of ``BoundDeadline/key``, which takes a look at a lock to get.
  let deadlineKey = BoundDeadline.key
  /// The places of all layers as text, since an event needed one.
  private let locations = Mutex<[String?]>([])
  /// The layers whose missing label was reported, a bit each.
  private let reportedLabels = Atomic<UInt64>(0)

  package init(
    operation: String, layers: [Layer], classifier: FailureClassifier = FailureClassifier(),
    idempotency: Idempotency = .unknown, time: TimeSource = .system, chance: Chance, supervisor: Supervisor,
    generation: UInt64 = 1, events: EventHub? = nil
  ) {
    self.operation = operation
    self.layers = Array(layers.prefix(Plan.maximumLayers))
    self.classifier = classifier
    self.idempotency = idempotency
    self.time = time
    self.chance = chance
    self.supervisor = supervisor
    self.generation = generation
    passive = PassiveSteps(self.layers)
    self.events = events
    budgets = Plan.budgets(of: self.layers)
    keepers = self.layers.flatMap(\.keepers)
    hasLimits = self.layers.contains { $0.limit != nil }
    abandonsBodies = self.layers.contains { $0.abandonsBodies }
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

  /// The first hedge at `layer` or inside it; the number of layers when there is none, or when nothing may be hedged because the
  /// operation must not run twice.
  func hedge(from layer: Int) -> Int {
    if case .declared(false) = idempotency { return layers.count }
    return layers[layer...].firstIndex { $0.kind == .hedge } ?? layers.count
  }
  /// Is told what calls decide; `nil` while nobody listens.
  package var observer: EventObserver? { events?.observer }

  /// Whether nobody reported before that a call came without the label of this layer.
  package func isFirstReport(ofMissingLabelAt layer: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(layer)
    return reportedLabels.bitwiseOr(bit, ordering: .relaxed).oldValue & bit == 0
  }
}

extension Plan {
  /// `file:line` of a layer, for events; `nil` for a layer made in code.
  package func location(of layer: Int) -> String? {
    locations.withLock { known in
      if known.isEmpty { known = layers.map { $0.place?.text } }
      return known[layer]
    }
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
  fileprivate var keepers: [(store: LastGoodStore, key: LastGoodSettings.Key)] {
    guard case .fallback(let steps) = mechanism else { return [] }
    return steps.compactMap { step in
      if case .lastGood(let store, let key) = step.source { (store, key) } else { nil }
    }
  }

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
