/// The growing arrays of a tree.
struct Arena {
  private(set) var nodes: NodeStore
  private(set) var suspects: ContiguousArray<UInt32> = []
  private(set) var cooked: [UInt8] = []
  private(set) var properties: [NodeProperties] = []
  private(set) var hasAliases = false

  /// An arena with room for more nodes than most files of `byteCount` bytes have.
  init(expecting byteCount: Int) { nodes = NodeStore(expecting: byteCount) }

  /// The index of the node that is appended next.
  var next: UInt32 { nodes.next }

  mutating func append(_ record: NodeRecord) { nodes.append(record) }

  mutating func noteAlias() { hasAliases = true }

  mutating func append(_ property: NodeProperties) { properties.append(property) }

  /// Ends collection `node`, which has so many children, at `end`.
  mutating func close(_ node: UInt32, at end: UInt32, childCount: UInt32, in bytes: ParsedBytes) {
    nodes.close(node, at: end, childCount: childCount)
    if CollectionScreen.suspects(node, in: nodes, cooked: cooked.span, bytes) { suspects.append(node) }
  }

  /// Keeps the reader's current text in the side buffer and returns where it begins.
  mutating func cook(_ reader: inout EventReader) -> UInt32 {
    let first = UInt32(truncatingIfNeeded: cooked.count)
    reader.appendValue(to: &cooked)
    return first
  }

  func tree(_ source: SourceText, bytes: [UInt8]) -> Tree {
    Tree(
      source: source, bytes: bytes, cooked: cooked, nodes: nodes, suspects: suspects, properties: properties,
      hasAliases: hasAliases)
  }
}
