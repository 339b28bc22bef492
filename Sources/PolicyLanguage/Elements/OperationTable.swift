internal import LocatedYAML
internal import ResilienceCore

/// An operation while it is read.
struct OperationDraft: Sendable {
  var pipeline: String?
  var layers: [LayerDefinition]?
  var tune: Tuning?
  var idempotency = OperationDefinition.Idempotency.unknown
  var target: String?
  var profile = OperationProfile.empty
}

enum OperationTable {
  static let operation = Section(
    "operation", "What is done around the calls of an operation.", OperationDraft(),
    shorthands: [.value(.reference(.pipelines), fields: ["pipeline"], example: "read")],
    choice: .oneOf(["pipeline", "layers"]), inherits: true
  ) {
    Field("pipeline", .reference(to: .pipelines), to: \.pipeline, "the pipeline around its calls", example: "read")
    Field(
      "layers", .layers, to: \.layers, "layers of its own, outermost first",
      example: "[{deadline: 2s}, {timeout: 800ms}]")
    Field("idempotent", .idempotency, to: \.idempotency, "whether it can be tried again without harm", example: "true")
    Field(
      "target", .named("name", examples: ["payments-api"]), to: \.target, default: "the operation",
      "the callee, where several operations have the same", example: "payments-api")
    Field(
      "facts", .map(facts), to: \.profile.value.facts, default: "nothing is known",
      "what is known of the callee; never changes behaviour", example: "{p50: 20ms, p99: 200ms, rate: 50/s}")
    Field(
      "calls", .calls, to: \.profile.value.calls, default: "none", "the operations that it calls",
      example: "[ledger.append]")
    Field(
      "tune", .tuning, to: \.tune, default: "none", "numbers of single layers that differ from the pipeline's",
      example: "{deadline: 2500ms}")
    Field("owner", .text, to: \.profile.value.owner, default: "nobody", "who is asked", example: "team-users")
    Field("labels", .labels, to: \.profile.value.labels, default: "none", "texts for reports", example: "{tier: gold}")
    Field("criticality", .criticality, to: \.profile.value.criticality, "how much depends on it", example: "critical")
  }

  static let facts = Section(
    "facts", "What is known of a callee.", OperationFacts()
  ) {
    Field("p50", .duration, to: \.p50, "half of the calls take no longer", example: "20ms")
    Field("p95", .duration, to: \.p95, "95 of 100 calls take no longer", example: "80ms")
    Field("p99", .duration, to: \.p99, "99 of 100 calls take no longer", example: "200ms")
    Field("rate", .rate, to: \.rate, "calls in a time", example: "50/s")
    Field("errorRate", .ratioOrZero, to: \.errorRate, "share of calls that fail on a good day", example: "0.1%")
    Field("replicas", .count, to: \.replicas, "processes that make these calls", example: "4")
    Field("capacity", .rate, to: \.capacity, "calls that the callee stands", example: "500/s")
    Field("failover", .duration, to: \.failover, "how long the callee takes to come back elsewhere", example: "15s")
    Field("measured", .date, to: \.measured, "when these numbers were measured", example: "2027-03-31")
  }

  static let idempotency = Section(
    "idempotency", "Whether an operation can be tried again without harm.", OperationDefinition.Idempotency.unknown,
    shorthands: [
      .word(Word("true", "a repeat changes nothing more")) { $0 = .yes },
      .word(Word("false", "a repeat may do it twice")) { $0 = .no },
      .word(Word("unknown", "nobody has said")) { $0 = .unknown },
    ]
  ) {
    Field(
      "key", .named("name", examples: ["Idempotency-Key"]), to: \.key, mandatory: true,
      "what the callee tells repeats by", example: "Idempotency-Key")
  }
}

extension OperationDefinition.Idempotency {
  fileprivate var key: String? {
    get { if case .key(let key) = self { key } else { nil } }
    set { if let newValue { self = .key(newValue) } }
  }
}

extension Notation<OperationDefinition.Idempotency> {
  static var idempotency: Notation {
    Notation.map(OperationTable.idempotency).comparable().showing {
      switch $0 {
      case .yes: "true"
      case .no: "false"
      case .unknown: "unknown"
      case .key: nil
      }
    }
  }
}

extension TextNotation<OperationDefinition.Criticality> {
  static var criticality: TextNotation {
    .words([
      (Word("low", "nobody notices"), .low),
      (Word("normal", "somebody notices"), .normal),
      (Word("high", "many notice"), .high),
      (Word("critical", "nothing works without it"), .critical),
    ])
  }
}

extension Notation<[OperationCall]> {
  static var calls: Notation {
    let name = TextNotation<String>.named("operation", examples: ["ledger.append"])
    return Notation(.list(of: name.shape)) { layered, decoder in
      decoder.list(layered, of: name.shape, atLeastOne: false) { node in
        decoder.scalar(Layered(node), as: name).map { OperationCall(name: $0, location: Location(node.resolved)) }
      }
    }
  }
}

extension Notation<String> {
  /// The name of an operation that this file has a policy for, by its own name or by a pattern.
  static var operationName: Notation {
    Notation(.reference(.operations)) { layered, decoder in
      let node = layered.node
      if node.kind == .scalar, decoder.catalogue.patterns.contains(where: { $0.matches(node.text) }) {
        decoder.consume(node)
        return node.text
      }
      return decoder.reference(node, to: .operations)?.name
    }
  }
}

extension Notation<OperationDefinition> {
  static var operation: Notation {
    .map(OperationTable.operation) { filled, decoder in
      if filled.has("facts") { checkOrder(of: filled.draft.profile.value.facts, filled, decoder) }
      guard let written = filled.draft.layers ?? filled.draft.pipeline.flatMap({ decoder.layers(of: $0) }),
        let layers = tuned(written, by: filled.draft.tune, decoder)
      else { return nil }
      return OperationDefinition(
        layers: layers, pipelineName: filled.draft.pipeline, isTuned: filled.draft.tune != nil,
        idempotency: filled.draft.idempotency, target: filled.draft.target, profile: filled.draft.profile)
    }
  }

  private static func tuned(
    _ layers: [LayerDefinition], by tuning: Tuning?, _ decoder: PolicyDecoder
  ) -> [LayerDefinition]? {
    guard let tuning else { return layers }
    let tuned = tuning.apply(to: layers, decoder)
    tuned.map { LayerOrder(layers: $0, decoder: decoder).check() }
    return tuned
  }

  private static func checkOrder(
    of facts: OperationFacts, _ filled: Filled<OperationDraft>, _ decoder: PolicyDecoder
  ) {
    let quantiles = [("p50", facts.p50), ("p95", facts.p95), ("p99", facts.p99)].compactMap { name, time in
      time.map { (name: name, time: $0) }
    }
    for (low, high) in zip(quantiles, quantiles.dropFirst()) where high.time < low.time {
      guard let place = filled.view.layer(at: ["facts", Substring(high.name)])?.node else { continue }
      decoder.report(
        .outOfRange, "`\(high.name)` is shorter than `\(low.name)`", at: Location(place),
        help: "a higher quantile is never the shorter time")
    }
  }
}

extension PolicyDecoder {
  /// The layers of a pipeline, if it could be read.
  fileprivate func layers(of pipeline: String) -> [LayerDefinition]? {
    guard let position = catalogue.sections[.pipelines].position(of: pipeline),
      elements.pipelines.indices.contains(position)
    else { return nil }
    return elements.pipelines[position]?.value
  }
}
