internal import LocatedYAML
internal import ResilienceCore

/// An item of a list of layers that says an element in full, and no name of one.
struct LayerItem {
  let kind: LayerKind
  let key: UInt32
  let value: UInt32
}

extension PolicyDecoder {
  /// The layer of an item whose element was read before, in the same words; `nil` when the item has to be read.
  ///
  /// Only elements that said nothing beside their value are known, so nothing is left out: see ``WrittenAlike``.
  func layerWrittenAlike(_ item: Node) -> LayerDefinition? {
    guard mayReadAlike, item.tree.mayReadAlike, let layer = LayerTable.item(item.index, in: item.tree),
      let said = said(layer, in: item.tree, hash: item.tree.hashOfWriting(of: layer.value))
    else { return nil }
    return LayerMaker(tree: item.tree, said: alike.said).layer(
      WrittenLayer(kind: layer.kind, key: layer.key, said: said), named: layerOwner.nextName(layer.kind))
  }

  /// The position of what was read before in the same words.
  func said(_ layer: LayerItem, in tree: Tree, hash: Int) -> UInt32? {
    layer.kind.section.flatMap { alike.find(layer.value, in: tree, of: $0, hash: hash) }
  }
}

extension LayerTable {
  /// The kinds of the fields of ``layer``, in the same order; `nil` for a pipeline.
  private static let kinds = layer.names.map { LayerKind(rawValue: $0) }

  /// What an item is, if its only entry is a layer with a text for a key.
  static func item(_ item: UInt32, in tree: Tree) -> LayerItem? {
    guard let (key, value) = tree.onlyEntry(of: item), value == key + 1,
      let kind = layer.facts.position(of: key, in: tree).flatMap({ kinds[$0] })
    else { return nil }
    return LayerItem(kind: kind, key: key, value: value)
  }
}

extension LayerKind {
  /// The section whose elements a layer of this kind can hold alone.
  var section: SectionName? {
    switch self {
    case .deadline, .timeout: .timeouts
    case .rateLimit: .rateLimiters
    case .bulkhead: .bulkheads
    case .retry: .retries
    case .hedge: .hedges
    case .breaker: .breakers
    case .fallback, .chaos: nil
    }
  }
}
