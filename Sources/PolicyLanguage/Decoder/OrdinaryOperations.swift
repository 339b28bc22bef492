internal import LocatedYAML
internal import ResilienceCore

/// Reads the operations that are written as most are in a large file: layers of their own with everything in them, and perhaps a
/// target.
///
/// Nothing is made of them but a note of where they stand. Whatever is written in another way, or has anything wrong with it, is
/// left to the table of operations, which says so: see ``OperationTable``.
struct OrdinaryOperations {
  private let decoder: PolicyDecoder
  private(set) var layers: [WrittenLayer] = []

  /// The two fields that an ordinary operation has.
  private static let layersField = OperationTable.operation.facts.position(of: "layers")
  private static let targetField = OperationTable.operation.facts.position(of: "target")

  init(_ decoder: PolicyDecoder) {
    self.decoder = decoder
    layers.reserveCapacity(decoder.catalogue.nodeCount / 16)
  }

  /// The operation as it is kept; `nil` when it has to be read in full.
  mutating func read(_ entry: Entry, in tree: Tree) -> WrittenOperation? {
    guard decoder.mayReadAlike, tree.mayReadAlike, let shape = shape(of: entry.value.index, in: tree) else {
      return nil
    }
    let first = layers.count
    for position in 0..<shape.count {
      let item = tree.child(of: shape.layers, at: position)
      guard let layer = LayerTable.item(item, in: tree), let said = said(layer, Place(entry, shape, item), tree) else {
        layers.removeSubrange(first...)
        return nil
      }
      layers.append(WrittenLayer(kind: layer.kind, key: layer.key, said: said))
    }
    guard !LayerOrder.mayBeWrong(layers[first...].lazy.map(\.kind)) else {
      layers.removeSubrange(first...)
      return nil
    }
    return WrittenOperation(
      firstLayer: UInt32(truncatingIfNeeded: first), layerCount: UInt32(truncatingIfNeeded: shape.count),
      target: shape.target)
  }

  /// The nodes of an ordinary operation.
  private struct Shape {
    var layersKey: UInt32?
    var layers: UInt32 = 0
    var count = 0
    var target: UInt32?
  }

  private func shape(of map: UInt32, in tree: Tree) -> Shape? {
    guard tree.kind(of: map) == .mapping else { return nil }
    var shape = Shape()
    for position in stride(from: 0, to: tree.childCount(of: map), by: 2) {
      let (key, value) = (tree.child(of: map, at: position), tree.child(of: map, at: position + 1))
      switch OperationTable.operation.facts.position(of: key, in: tree) {
      case Self.layersField where shape.layersKey == nil && tree.kind(of: value) == .sequence:
        shape.layersKey = key
        shape.layers = value
        shape.count = tree.childCount(of: value)
      case Self.targetField where shape.target == nil && tree.isText(value):
        shape.target = value
      default: return nil
      }
    }
    return shape.layersKey != nil && shape.count <= Notation<[LayerDefinition]>.mostLayers ? shape : nil
  }
}

// MARK: Elements

extension OrdinaryOperations {
  /// What leads to an item, for what is found wrong in it.
  private struct Place {
    let entry: Entry
    let layersKey: UInt32
    let item: UInt32

    init(_ entry: Entry, _ shape: Shape, _ item: UInt32) {
      self.entry = entry
      layersKey = shape.layersKey ?? entry.key.index
      self.item = item
    }
  }

  private static let timeout = Notation<TimeoutSettings>.timeout
  private static let rateLimiter = Notation<RateLimiterDefinition>.rateLimiter
  private static let bulkhead = Notation<BulkheadDefinition>.bulkhead
  private static let retry = Notation<RetryDefinition>.retry
  private static let hedge = Notation<HedgeDefinition>.hedge
  private static let breaker = Notation<BreakerDefinition>.breaker

  /// The position of what the layer says; `nil` when there is more to it than that.
  private func said(_ layer: LayerItem, _ place: Place, _ tree: Tree) -> UInt32? {
    let hash = tree.hashOfWriting(of: layer.value)
    if let known = decoder.said(layer, in: tree, hash: hash) { return known }
    switch layer.kind {
    case .deadline, .timeout: return read(layer, .timeouts, Self.timeout, hash, place, tree)
    case .rateLimit: return read(layer, .rateLimiters, Self.rateLimiter, hash, place, tree)
    case .bulkhead: return read(layer, .bulkheads, Self.bulkhead, hash, place, tree)
    case .retry: return read(layer, .retries, Self.retry, hash, place, tree)
    case .hedge: return read(layer, .hedges, Self.hedge, hash, place, tree)
    case .breaker: return read(layer, .breakers, Self.breaker, hash, place, tree)
    case .fallback, .chaos: return nil
    }
  }

  /// Reads an element that was not read before. What is found wrong will be found again when the operation is read in full, and
  /// is reported once.
  private func read<Value>(
    _ layer: LayerItem, _ section: SectionName, _ notation: Notation<Value>, _ hash: Int, _ place: Place, _ tree: Tree
  ) -> UInt32? {
    let node = tree.node(layer.value)
    guard
      node.kind == .mapping ? node.value(SectionFacts.extends) == nil : section == .timeouts && node.beginsLikeNumber
    else { return nil }
    let before = SideEffects(decoder)
    let value = at(layer, place, tree) { notation.read(Layered(node), decoder) }
    guard let value, SideEffects(decoder) == before else { return nil }
    return decoder.alike.insert(Said(value), of: section, at: node, hash: hash)
  }

  /// Runs `body` with the path that leads to a layer.
  private func at<Result>(_ layer: LayerItem, _ place: Place, _ tree: Tree, _ body: () -> Result) -> Result {
    let path = decoder.path
    path.push(SectionName.operations.rawValue, place.entry.key)
    path.push(place.entry.key)
    path.push(tree.node(place.layersKey))
    path.push(item: tree.node(place.item))
    path.push(layer.kind.rawValue, tree.node(layer.key))
    defer { for _ in 0..<5 { path.pop() } }
    return body()
  }
}

extension Tree {
  /// Whether a node is a text that no reader takes for nothing.
  fileprivate func isText(_ node: UInt32) -> Bool {
    guard kind(of: node) == .scalar, let first = firstByte(of: node) else { return false }
    return first != UInt8(ascii: "~") && first | 0x20 != UInt8(ascii: "n")
  }
}
