internal import LocatedYAML
internal import ResilienceCore

/// A layer while it is read.
struct LayerDraft: Sendable {
  var element: LayerElement?
  var splice: SplicedPipeline?
}

/// The layers of another pipeline.
struct SplicedPipeline: Sendable {
  let name: String
  let layers: [LayerDefinition]
}

/// What a layer names.
struct LayerElement: Sendable {
  let element: LayerDefinition.Element
  let shared: Bool
}

/// The layers that a pipeline can have, and what this version does not carry out yet.
enum LayerTable {
  static let layer = Section(
    "layer", "One layer of a pipeline: exactly one of these keys.", LayerDraft(),
    choice: .oneOf([
      "fallback", "deadline", "rateLimit", "bulkhead", "retry", "hedge", "breaker", "timeout", "chaos", "pipeline",
    ])
  ) {
    Field(
      "fallback", .fallbackChain, to: \.element,
      "serves something else when what is inside fails: a name, a chain of names, or a map",
      example: "[cached-user, empty]")
    Field(
      "deadline", .timeLayer { .deadline($0) }, to: \.element, "bounds everything inside, waits included", example: "2s"
    )
    Field(
      "rateLimit", .layer(.rateLimiters, .rateLimiter, { $0.elements.rateLimiters.at($1) }) { .rateLimit($0) },
      to: \.element,
      "admits so many calls in a time", example: "partner")
    Field(
      "bulkhead", .layer(.bulkheads, .bulkhead, { $0.elements.bulkheads.at($1) }) { .bulkhead($0) }, to: \.element,
      "bounds the calls that run at once", example: "payments")
    Field(
      "retry", .layer(.retries, .retry, { $0.elements.retries.at($1) }) { .retry($0) }, to: \.element,
      "tries what is inside again",
      example: "standard"
    )
    Field(
      "hedge", .layer(.hedges, .hedge, { $0.elements.hedges.at($1) }) { .hedge($0) }, to: \.element,
      "starts another call when the first is slow", example: "tail")
    Field(
      "breaker", .layer(.breakers, .breaker, { $0.elements.breakers.at($1) }) { .breaker($0) }, to: \.element,
      "stops calls to a callee that fails", example: "database")
    Field("timeout", .timeLayer { .timeout($0) }, to: \.element, "bounds one attempt", example: "800ms")
    Field(
      "chaos", .chaos, to: \.element, "makes some calls fail or wait, where the engine allows it",
      example: "{fail: transient, rate: 1%}")
    Field("pipeline", .splice, to: \.splice, "the layers of another pipeline, in its place", example: "guarded")
  }
}

extension Notation<SplicedPipeline> {
  /// The name of a pipeline. Pipelines that are spliced are read before those that splice them.
  static var splice: Notation {
    Notation(.reference(.pipelines)) { layered, decoder in
      guard let found = decoder.reference(layered.node, to: .pipelines), let position = found.position,
        let key = decoder.path.key, !decoder.cyclicSplices.contains(Location(key)),
        let pipeline = decoder.elements.pipelines.at(position)
      else { return nil }
      return SplicedPipeline(name: found.name, layers: pipeline.value)
    }
  }
}

extension Notation<LayerElement> {
  /// A layer whose value is the name of an element, or the element itself.
  static func layer<Item>(
    _ section: SectionName, _ notation: Notation<Item>,
    _ built: @escaping @Sendable (PolicyDecoder, Int) -> Definition<Item>?,
    _ wrap: @escaping @Sendable (Definition<Item>) -> LayerDefinition.Element
  ) -> Notation {
    Notation(.either([.reference(section), notation.shape])) { layered, decoder in
      decoder.element(layered, of: section, notation, built).map {
        LayerElement(element: wrap($0.definition), shared: $0.shared)
      }
    }
  }

  /// The same for times: a text that begins like a number is a duration, any other one a name.
  static func timeLayer(_ wrap: @escaping @Sendable (Definition<TimeoutSettings>) -> LayerDefinition.Element)
    -> Notation
  {
    layer(.timeouts, .timeout, { $0.elements.timeouts.at($1) }, wrap)
  }

  static var fallbackChain: Notation {
    let one = Notation<FallbackDefinition>.fallback
    let item = { @Sendable in Shape.either([.reference(.fallbacks), one.shape]) }
    return Notation(.either([item(), .list(of: item())])) { layered, decoder in
      let nodes = layered.node.kind == .sequence ? Array(layered.node.items) : [layered.node]
      let chain = nodes.compactMap {
        decoder.element(Layered($0), of: .fallbacks, one) { $0.elements.fallbacks.at($1) }
      }
      if nodes.isEmpty {
        decoder.report(Advice(.outOfRange, "the list is empty", help: "name a fallback"), at: layered.node)
      }
      guard chain.count == nodes.count, !chain.isEmpty else { return nil }
      return LayerElement(element: .fallback(chain.map(\.definition)), shared: chain.allSatisfy(\.shared))
    }
  }
}

/// Gives the elements that are written in layers their names: `read/retry`, `read/retry-2`.
struct LayerOwner {
  private let name: String
  private let isOperation: Bool
  /// How many elements of each kind there are so far.
  private var counts = InlineArray<9, UInt32>(repeating: 0)

  init(_ name: String = "", isOperation: Bool = false) {
    self.name = name
    self.isOperation = isOperation
  }

  mutating func nextName(_ kind: LayerKind) -> ElementName {
    counts[kind.position] = counts[kind.position] &+ 1
    return ElementName(ofLayer: kind.ofPlans, number: Int(counts[kind.position]), in: name, isOperation: isOperation)
  }
}

extension SectionName {
  /// The kind of the layers that name its elements.
  fileprivate var layerKind: LayerKind {
    switch self {
    case .retries, .budgets: .retry
    case .bulkheads: .bulkhead
    case .rateLimiters: .rateLimit
    case .hedges: .hedge
    case .fallbacks: .fallback
    case .breakers: .breaker
    case .errors, .timeouts, .pipelines, .operations, .healthChecks, .recoveries, .environments: .timeout
    }
  }
}

extension LayerKind {
  private static let words = allCases.map { (word: $0.rawValue, kind: $0) }

  /// The kind of a layer's key.
  fileprivate init?(word: String) {
    guard let known = Self.words.first(where: { $0.word == word }) else { return nil }
    self = known.kind
  }

  /// The place among all cases.
  fileprivate var position: Int {
    switch self {
    case .fallback: 0
    case .deadline: 1
    case .rateLimit: 2
    case .bulkhead: 3
    case .retry: 4
    case .hedge: 5
    case .breaker: 6
    case .timeout: 7
    case .chaos: 8
    }
  }
}

extension PolicyDecoder {
  /// The element that a layer names or holds.
  func element<Value>(
    _ layered: Layered, of section: SectionName, _ notation: Notation<Value>,
    _ built: (PolicyDecoder, Int) -> Definition<Value>?
  ) -> (definition: Definition<Value>, shared: Bool)? {
    let node = layered.node
    if node.kind == .scalar, !(section == .timeouts && node.beginsLikeNumber) {
      guard let found = reference(node, to: section) else { return nil }
      guard let position = found.position else {
        return Presets.view(found.name, in: section).flatMap { owned($0, section, notation) }
      }
      return built(self, position).map { ($0, true) }
    }
    return owned(layered, section, notation)
  }

  /// An element that belongs to the pipeline alone.
  private func owned<Value>(
    _ view: Layered, _ section: SectionName, _ notation: Notation<Value>
  ) -> (definition: Definition<Value>, shared: Bool)? {
    guard let (said, view) = said(view, in: section, notation) else { return nil }
    let kind = path.last.flatMap(LayerKind.init(word:)) ?? section.layerKind
    let place = path.key.map { Location($0) } ?? Location(view.node)
    return (Definition(layerOwner.nextName(kind), at: place, said, Origins(view)), false)
  }
}

extension Node {
  /// Whether a scalar begins with a digit, a sign or a point, as no name does.
  var beginsLikeNumber: Bool {
    guard let first = firstByte else { return false }
    return (0x30...0x39).contains(first) || first == 0x2B || first == 0x2D || first == 0x2E
  }
}
