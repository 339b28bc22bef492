internal import LocatedYAML
internal import ResilienceCore

/// The operations of a document, in the order of the files; the name of each is exact or a pattern.
///
/// Most operations of a large file are kept as little more than where they stand. Their definitions are made whenever somebody
/// asks, which takes longer than a look into an array, and is O(layers).
public struct Operations: RandomAccessCollection, Sendable {
  private enum Storage {
    case made([Definition<OperationDefinition>])
    case written(WrittenOperations)
  }

  private let storage: Storage

  /// Operations that are made already.
  public init(_ definitions: [Definition<OperationDefinition>]) { storage = .made(definitions) }

  init(_ written: WrittenOperations) { storage = .written(written) }

  /// Always 0.
  public var startIndex: Int { 0 }

  /// How many operations there are.
  public var endIndex: Int {
    switch storage {
    case .made(let definitions): definitions.count
    case .written(let written): written.count
    }
  }

  /// The definition at `position`. O(layers).
  public subscript(position: Int) -> Definition<OperationDefinition> {
    switch storage {
    case .made(let definitions): definitions[position]
    case .written(let written): written.definition(at: position)
    }
  }

  /// The operations that may have a fallback or chaos among their layers: those that are not kept as they are written. Nothing is
  /// made. O(1).
  package var withMoreThanElements: [Definition<OperationDefinition>] {
    switch storage {
    case .made(let definitions): definitions
    case .written(let written): written.made
    }
  }

  /// The names, without the definitions. O(operations).
  package var names: [String] {
    switch storage {
    case .made(let definitions): definitions.map(\.name)
    case .written(let written): written.names
    }
  }
}

/// An operation that says its layers and at most a target, as it is kept.
struct WrittenOperation: Sendable {
  let firstLayer: UInt32
  let layerCount: UInt32
  /// The node of its target.
  let target: UInt32?
}

/// Operations as they were read.
final class WrittenOperations: Sendable {
  enum Item: Sendable {
    case written(WrittenOperation)
    /// One that was made when it was read, by its position among those.
    case made(UInt32)
  }

  private let entries: [Entry]
  private let items: [Item]
  /// Those that are not kept as they are written, in their order.
  let made: [Definition<OperationDefinition>]
  private let layers: [WrittenLayer]
  private let said: [any AnyObject & Sendable]

  /// - Parameters:
  ///   - entries: Where each stands.
  ///   - items: What each is, in the same order.
  ///   - layers: Those of all written operations, one operation after the other.
  ///   - said: What the layers say, by position.
  init(
    _ entries: [Entry], _ items: [Item], made: [Definition<OperationDefinition>], layers: [WrittenLayer],
    said: [any AnyObject & Sendable]
  ) {
    self.entries = entries
    self.items = items
    self.made = made
    self.layers = layers
    self.said = said
  }

  var count: Int { items.count }
  var names: [String] { entries.map(\.name) }

  func definition(at position: Int) -> Definition<OperationDefinition> {
    switch items[position] {
    case .made(let position): made[Int(position)]
    case .written(let operation): definition(of: operation, entries[position])
    }
  }

  private func definition(of operation: WrittenOperation, _ entry: Entry) -> Definition<OperationDefinition> {
    let name = entry.name
    let tree = entry.value.tree
    let maker = LayerMaker(tree: tree, said: said)
    var owner = LayerOwner(name, isOperation: true)
    var made: [LayerDefinition] = []
    made.reserveCapacity(Int(operation.layerCount))
    for position in Int(operation.firstLayer)..<Int(operation.firstLayer) + Int(operation.layerCount) {
      let written = layers[position]
      if let layer = maker.layer(written, named: owner.nextName(written.kind)) { made.append(layer) }
    }
    let value = OperationDefinition(
      layers: made, pipelineName: nil, isTuned: false, idempotency: .unknown,
      target: operation.target.map { tree.node($0).text },
      profile: OperationProfile.empty)
    return Definition(
      ElementName(own: name), at: Location(entry.key), Said(value), Origins(Layered(entry.value)))
  }
}
