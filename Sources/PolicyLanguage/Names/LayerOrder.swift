internal import ResilienceCore

/// What the order of the layers of one pipeline says about it.
struct LayerOrder {
  let layers: [LayerDefinition]
  let decoder: PolicyDecoder

  func check() {
    guard Self.mayBeWrong(layers.lazy.map(\.kind)) else { return }
    for (index, layer) in layers.enumerated() {
      let outside = layers[..<index]
      checkTime(layer, outside)
      checkRepeated(layer, outside)
      if layer.kind == .fallback { checkFallback(layer, outside) }
      if layer.kind == .retry { checkBreakers(around: layer, outside) }
    }
  }

  /// Whether any rule could have something to say, by the kinds of the layers alone: nearly always none has.
  static func mayBeWrong(_ kinds: some Sequence<LayerKind>) -> Bool {
    var outside: KindSet = []
    for kind in kinds {
      switch kind {
      case .fallback: if !outside.isSubset(of: .fallback) { return true }
      case .deadline, .timeout: if !outside.isDisjoint(with: [.time, .repeating]) { return true }
      case .retry: if !outside.isDisjoint(with: [.timeout, .breaker]) { return true }
      case .rateLimit, .bulkhead, .hedge, .breaker, .chaos: break
      }
      outside.formUnion(KindSet(kind))
    }
    return false
  }

  private struct KindSet: OptionSet {
    let rawValue: UInt8
    static let fallback = KindSet(rawValue: 1)
    static let deadline = KindSet(rawValue: 2)
    static let timeout = KindSet(rawValue: 4)
    static let repeating = KindSet(rawValue: 8)
    static let breaker = KindSet(rawValue: 16)
    static let other = KindSet(rawValue: 32)
    static let time: KindSet = [.deadline, .timeout]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ kind: LayerKind) {
      self =
        switch kind {
        case .fallback: .fallback
        case .deadline: .deadline
        case .timeout: .timeout
        case .retry, .hedge: .repeating
        case .breaker: .breaker
        case .rateLimit, .bulkhead, .chaos: .other
        }
    }
  }

  /// RP310: a deadline bounds all attempts, a timeout one.
  private func checkTime(_ layer: LayerDefinition, _ outside: ArraySlice<LayerDefinition>) {
    if layer.kind == .deadline, let around = outside.last(where: { $0.kind == .retry || $0.kind == .hedge }) {
      let word = around.kind.rawValue
      decoder.report(
        .timeLayerOrder, "`deadline` stands inside `\(word)`, so it bounds one attempt", at: layer.location,
        related: related(around, "the \(word)", to: layer),
        help: "call it `timeout`, or put it outside the \(word)")
    }
    if layer.kind == .retry, let timeout = outside.last(where: { $0.kind == .timeout }) {
      decoder.report(
        .timeLayerOrder, "`timeout` stands outside `retry`, so it bounds all attempts together", at: timeout.location,
        related: related(layer, "the retry", to: timeout),
        help: "call it `deadline`, or put it inside the retry")
    }
  }

  /// RP309: of two bounds on the same work the later never fires.
  private func checkRepeated(_ layer: LayerDefinition, _ outside: ArraySlice<LayerDefinition>) {
    guard let time = layer.time, let index = outside.lastIndex(where: { $0.kind == layer.kind }),
      let other = outside[index].time, !outside[index...].contains(where: { $0.kind == .retry })
    else { return }
    let isAdjacent = index == outside.endIndex - 1
    guard time >= other || isAdjacent else { return }
    let (dead, live) = time >= other ? (layer, outside[index]) : (outside[index], layer)
    let word = layer.kind.rawValue
    decoder.report(
      .layerWithoutEffect,
      "this `\(word)` of \(text(max(time, other))) never fires: another one ends the call at \(text(min(time, other)))",
      at: dead.location, related: related(live, "this one fires first", to: dead), help: "remove one of them")
  }

  /// RP311: what a fallback returns looks like success to the layers around it.
  private func checkFallback(_ layer: LayerDefinition, _ outside: ArraySlice<LayerDefinition>) {
    guard let around = outside.last(where: { $0.kind != .fallback }) else { return }
    let judging = outside.last { [.retry, .hedge, .breaker].contains($0.kind) }
    let message =
      judging.map { "`fallback` stands inside `\($0.kind.rawValue)`, which takes what it serves for a success" }
      ?? "`fallback` stands inside `\(around.kind.rawValue)` and does not serve what that refuses or ends"
    decoder.report(
      .fallbackNotOutermost, message, at: layer.location,
      related: related(judging ?? around, "the layer around it", to: layer), help: "put the fallback first")
  }

  /// RP312: outside a retry a breaker counts whole calls.
  private func checkBreakers(around layer: LayerDefinition, _ outside: ArraySlice<LayerDefinition>) {
    guard let breaker = outside.last(where: { $0.kind == .breaker }) else { return }
    decoder.report(
      .breakerOutsideRetry, "this breaker counts whole calls, not attempts: the retry is inside it",
      at: breaker.location, related: related(layer, "the retry", to: breaker))
  }

  /// Points at layers, and at what brought them together where they are written in different pipelines.
  private func related(_ layer: LayerDefinition, _ text: String, to other: LayerDefinition) -> [Diagnostic.Related] {
    var places = [Diagnostic.Related(layer.location, text)]
    guard layer.splice != other.splice else { return places }
    for splice in [layer.splice, other.splice].compactMap(\.self) {
      places.append(.init(splice.location, "this brings in the layers of pipeline `\(splice.pipeline)`"))
    }
    return places
  }

  private func text(_ time: Duration) -> String { DurationText.show(time) ?? "0s" }
}

extension LayerDefinition {
  /// The bound of a layer of time.
  fileprivate var time: Duration? {
    switch element {
    case .deadline(let definition), .timeout(let definition): definition.value.after
    default: nil
    }
  }
}
