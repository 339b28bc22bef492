internal import LocatedYAML
internal import ResilienceCore

/// One layer that is given numbers of its own.
///
/// Deadlines, timeouts and retries keep nothing between calls, and a hedge learns in each operation by itself, so their numbers
/// can differ from operation to operation. A breaker,
/// bulkhead or rate limiter is one thing that operations share: it cannot have two limits, only another one can take its
/// place.
struct TunedLayer {
  let kind: LayerKind
  let value: Tuning.Value
  let decoder: PolicyDecoder

  /// The layer that is meant. Reports when there is none, or more than one.
  func position(in layers: [LayerDefinition]) -> Int? {
    let found = layers.indices.filter { layers[$0].kind == kind }
    if found.count == 1 { return found.first }
    if found.isEmpty {
      let kinds = layers.map { "`\($0.kind.rawValue)`" }
      decoder.report(
        .overrideOfNothing, "`tune` changes `\(kind.rawValue)`, and there is no such layer", at: Location(value.key),
        help: kinds.isEmpty ? "there is no layer at all" : "the layers are \(kinds.joined(separator: ", "))")
    } else {
      decoder.report(
        .overrideOfNothing, "`tune` changes `\(kind.rawValue)`, and there are \(found.count) such layers",
        at: Location(value.key), related: found.map { .init(layers[$0].location, "this could be meant") },
        help: "give the operation `layers` of its own")
    }
    return nil
  }

  func tune(_ layer: LayerDefinition) -> LayerDefinition? {
    tuned(layer.element).map {
      var tuned = LayerDefinition(element: $0.element, shared: $0.shared, location: layer.location)
      tuned.splice = layer.splice
      return tuned
    }
  }

  private func tuned(_ element: LayerDefinition.Element) -> LayerElement? {
    switch element {
    case .fallback: Notation<LayerElement>.fallbackChain.read(value.view, decoder)
    case .deadline(let limit): tuned(limit).map { LayerElement(element: .deadline($0.definition), shared: $0.shared) }
    case .timeout(let limit): tuned(limit).map { LayerElement(element: .timeout($0.definition), shared: $0.shared) }
    case .retry(let retry):
      tuned(retry, .retries, .retry, of: value.view.allLayers) { $0.elements.retries.at($1) }.map {
        LayerElement(element: .retry($0.definition), shared: $0.shared)
      }
    case .hedge(let hedge):
      tuned(hedge, .hedges, .hedge, of: value.view.allLayers) { $0.elements.hedges.at($1) }.map {
        LayerElement(element: .hedge($0.definition), shared: $0.shared)
      }
    case .chaos: nil
    case .breaker:
      another(.breakers, .breaker) { $0.elements.breakers.at($1) }.map {
        LayerElement(element: .breaker($0.definition), shared: $0.shared)
      }
    case .bulkhead:
      another(.bulkheads, .bulkhead) { $0.elements.bulkheads.at($1) }.map {
        LayerElement(element: .bulkhead($0.definition), shared: $0.shared)
      }
    case .rateLimit:
      another(.rateLimiters, .rateLimiter) { $0.elements.rateLimiters.at($1) }.map {
        LayerElement(element: .rateLimit($0.definition), shared: $0.shared)
      }
    }
  }

  /// A single time changes `after` and leaves the mode.
  private func tuned(_ limit: Definition<TimeoutSettings>) -> (definition: Definition<TimeoutSettings>, shared: Bool)? {
    let layers = value.view.allLayers.map { layer in
      var layer = layer
      if layer.node.kind == .scalar, layer.node.beginsLikeNumber { layer.field = "after" }
      return layer
    }
    return tuned(limit, .timeouts, .timeout, of: layers) { $0.elements.timeouts.at($1) }
  }

  /// The element with the numbers of `layers` over its own, or another one that they name.
  private func tuned<Value>(
    _ base: Definition<Value>, _ section: SectionName, _ notation: Notation<Value>, of layers: [Layered.Layer],
    _ built: (PolicyDecoder, Int) -> Definition<Value>?
  ) -> (definition: Definition<Value>, shared: Bool)? {
    guard let first = layers.first else { return nil }
    if first.node.kind == .scalar, first.field == nil {
      return decoder.element(value.view, of: section, notation, built)
    }
    guard first.field != nil || first.node.kind == .mapping else {
      decoder.wrongKind(first.node, expected: notation.shape)
      return nil
    }
    let written = layers.prefix { $0.field != nil || $0.node.kind == .mapping }
    guard written.allSatisfy(saysNumbersOnly) else { return nil }
    let own = written.map {
      Layered.Layer(node: $0.node, origin: $0.origin == .own ? .tune : $0.origin, field: $0.field)
    }
    guard let view = Layered(own + base.origins.view.layers), let value = notation.read(view, decoder) else {
      return nil
    }
    return (Definition(name: base.name, location: base.location, value: value, origins: Origins(view)), false)
  }

  private func saysNumbersOnly(_ layer: Layered.Layer) -> Bool {
    guard let extends = layer.node.value(SectionFacts.extends) else { return true }
    decoder.report(
      .deadField, "`extends` does nothing here: `tune` changes numbers of the element that the layer has",
      at: Location(extends), help: "name another element, or remove it")
    return false
  }

  /// Another element in the place of one that is shared.
  private func another<Value>(
    _ section: SectionName, _ notation: Notation<Value>, _ built: (PolicyDecoder, Int) -> Definition<Value>?
  ) -> (definition: Definition<Value>, shared: Bool)? {
    guard value.view.node.kind != .scalar else { return decoder.element(value.view, of: section, notation, built) }
    decoder.reject(value.view.node)
    decoder.report(
      .wrongType,
      "a \(section.singular) is shared by all calls that name it: its numbers cannot differ for some of them",
      at: Location(value.view.node),
      help: "name another \(section.singular) here, or give this one a `scope`")
    return nil
  }
}
