internal import LocatedYAML
internal import ResilienceCore

/// A layer whose element is written in it, kept as where it stands and what it says; everything else is put together when somebody
/// asks. A large file has very many of them.
struct WrittenLayer: Sendable {
  let kind: LayerKind
  /// The node of its key; the value is the node behind it.
  let key: UInt32
  /// The position of what it says among everything that layers say.
  let said: UInt32

  var value: UInt32 { key + 1 }
}

/// Makes layers out of how they are kept.
struct LayerMaker {
  let tree: Tree
  /// What layers say, by position.
  let said: [any AnyObject & Sendable]

  /// `nil` for kinds of layers that are never kept in this way.
  func layer(_ written: WrittenLayer, named name: ElementName) -> LayerDefinition? {
    element(written, name).map {
      LayerDefinition(element: $0, shared: false, location: Location(tree.node(written.key)))
    }
  }

  private func element(_ layer: WrittenLayer, _ name: ElementName) -> LayerDefinition.Element? {
    switch layer.kind {
    case .deadline: definition(layer, name).map { .deadline($0) }
    case .timeout: definition(layer, name).map { .timeout($0) }
    case .rateLimit: definition(layer, name).map { .rateLimit($0) }
    case .bulkhead: definition(layer, name).map { .bulkhead($0) }
    case .retry: definition(layer, name).map { .retry($0) }
    case .hedge: definition(layer, name).map { .hedge($0) }
    case .breaker: definition(layer, name).map { .breaker($0) }
    // A fallback is a chain of elements, and chaos has no name.
    case .fallback, .chaos: nil
    }
  }

  private func definition<Value>(_ layer: WrittenLayer, _ name: ElementName) -> Definition<Value>? {
    guard let said = said[Int(layer.said)] as? Said<Value> else { return nil }
    return Definition(
      name, at: Location(tree.node(layer.key)), said, Origins(Layered(tree.node(layer.value))))
  }
}
