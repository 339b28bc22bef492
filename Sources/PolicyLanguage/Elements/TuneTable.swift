internal import LocatedYAML
internal import ResilienceCore

/// The numbers of single layers that an operation, or an environment, has for itself.
struct Tuning: Sendable {
  /// What is said of one layer, and where.
  struct Value: Sendable {
    let key: Node
    let view: Layered
  }

  private var values: [(kind: LayerKind, value: Value)] = []

  subscript(kind: LayerKind) -> Value? {
    get { values.first { $0.kind == kind }?.value }
    set {
      values.removeAll { $0.kind == kind }
      if let newValue { values.append((kind, newValue)) }
    }
  }

  /// The layers with these numbers; `nil` when a number could not be read, or has no layer.
  func apply(to layers: [LayerDefinition], _ decoder: PolicyDecoder) -> [LayerDefinition]? {
    var layers = layers
    var isComplete = true
    for (kind, value) in values {
      decoder.push("tune", value.key)
      decoder.push(kind.rawValue, value.key)
      if let index = TunedLayer(kind: kind, value: value, decoder: decoder).position(in: layers),
        let tuned = TunedLayer(kind: kind, value: value, decoder: decoder).tune(layers[index])
      {
        layers[index] = tuned
      } else {
        isComplete = false
      }
      decoder.pop()
      decoder.pop()
    }
    return isComplete ? layers : nil
  }
}

enum TuneTable {
  static let tune = Section(
    "tune", "Numbers of single layers that differ from the pipeline's; what a map does not say stays.", Tuning()
  ) {
    Field(
      "fallback", .tuned(Notation<LayerElement>.fallbackChain.shape), to: \.[.fallback], "another chain",
      example: "empty")
    Field("deadline", .tunedTime, to: \.[.deadline], "another time, or another mode", example: "2500ms")
    Field(
      "rateLimit", .tuned(.reference(.rateLimiters)), to: \.[.rateLimit], "another rate limiter", example: "partner")
    Field("bulkhead", .tuned(.reference(.bulkheads)), to: \.[.bulkhead], "another bulkhead", example: "payments")
    Field(
      "retry", .tuned(.either([.reference(.retries), RetryTable.retry.shape])), to: \.[.retry],
      "other numbers, or another retry", example: "{attempts: 2}")
    Field(
      "hedge", .tuned(.either([.reference(.hedges), HedgeTable.hedge.shape])), to: \.[.hedge],
      "other numbers, or another hedge", example: "{extra: 2}")
    Field("breaker", .tuned(.reference(.breakers)), to: \.[.breaker], "another breaker", example: "database")
    Field("timeout", .tunedTime, to: \.[.timeout], "another time, or another mode", example: "1s")
  }
}

extension Notation<Tuning> {
  static var tuning: Notation { .map(TuneTable.tune) }
}

extension Notation<Tuning.Value> {
  /// A value that is read when the layers are known.
  static func tuned(_ shape: @autoclosure @escaping @Sendable () -> Shape) -> Notation {
    Notation(shape()) { layered, decoder in
      for layer in layered.allLayers {
        decoder.consumeAll(layer.node)
        // Should the operation not be readable, a name in here is no unused one.
        decoder.reject(layer.node)
      }
      return Tuning.Value(key: decoder.path.key ?? layered.node, view: layered)
    }
  }

  static var tunedTime: Notation { .tuned(.either([.reference(.timeouts), TimeoutTable.timeout.shape])) }
}
