internal import LocatedYAML
internal import ResilienceCore

extension PolicyDecoder {
  /// The layer of an item whose element was read before, in the same words; `nil` when the item has to be read.
  ///
  /// Only elements that said nothing beside their value are known, so nothing is left out: see ``WrittenAlike``.
  func layerWrittenAlike(_ item: Node) -> LayerDefinition? {
    guard mayReadAlike, let (key, value) = item.onlyEntry, let kind = LayerTable.kind(of: key),
      let hash = value.hashOfWriting
    else { return nil }
    let alike = LayerWrittenAlike(kind: kind, key: key, value: value, hash: hash)
    guard let element = element(alike) else { return nil }
    return LayerDefinition(element: element, shared: false, location: Location(key))
  }

  private func element(_ layer: LayerWrittenAlike) -> LayerDefinition.Element? {
    switch layer.kind {
    case .deadline: definition(layer).map { .deadline($0) }
    case .timeout: definition(layer).map { .timeout($0) }
    case .rateLimit: definition(layer).map { .rateLimit($0) }
    case .bulkhead: definition(layer).map { .bulkhead($0) }
    case .retry: definition(layer).map { .retry($0) }
    case .hedge: definition(layer).map { .hedge($0) }
    case .breaker: definition(layer).map { .breaker($0) }
    // A fallback is a chain of elements, and chaos has no name.
    case .fallback, .chaos: nil
    }
  }

  private func definition<Value>(_ layer: LayerWrittenAlike) -> Definition<Value>? {
    guard let said = alike.find(layer.value, hash: layer.hash, as: Said<Value>.self) else { return nil }
    return Definition(
      layerOwner.nextName(layer.kind), at: Location(layer.key), said, Origins(Layered(layer.value)))
  }
}

/// A layer that may be written like an earlier one.
private struct LayerWrittenAlike {
  let kind: LayerKind
  let key: Node
  let value: Node
  let hash: Int
}

extension LayerTable {
  /// The kinds of the fields of ``layer``, in the same order; `nil` for a pipeline.
  private static let kinds = layer.names.map { LayerKind(rawValue: $0) }

  /// The kind that a layer's key names.
  fileprivate static func kind(of key: Node) -> LayerKind? {
    layer.facts.position(of: key).flatMap { kinds[$0] }
  }
}
