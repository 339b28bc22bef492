/// The growing arrays of a tree.
struct Arena {
  private(set) var records: ContiguousArray<NodeRecord> = []
  private(set) var children: ContiguousArray<UInt32> = []
  private(set) var cooked: [UInt8] = []
  private(set) var properties: [NodeProperties] = []

  /// An arena with room for the nodes a file of `byteCount` bytes usually has.
  init(expecting byteCount: Int) {
    records.reserveCapacity(byteCount / 9)
    children.reserveCapacity(byteCount / 9)
  }

  /// The index of the node that is appended next.
  var next: UInt32 { UInt32(truncatingIfNeeded: records.count) }

  mutating func append(_ record: NodeRecord) { records.append(record) }

  mutating func append(_ property: NodeProperties) { properties.append(property) }

  /// Ends collection `node` at `end` with `nodes` as its children.
  mutating func close(_ node: UInt32, at end: UInt32, children nodes: ArraySlice<UInt32>) {
    records[Int(node)].end = end
    records[Int(node)].first = UInt32(truncatingIfNeeded: children.count)
    records[Int(node)].count = UInt32(truncatingIfNeeded: nodes.count)
    children.append(contentsOf: nodes)
  }

  /// Keeps the reader's current text in the side buffer and returns where it begins.
  mutating func cook(_ reader: borrowing EventReader) -> UInt32 {
    let first = UInt32(truncatingIfNeeded: cooked.count)
    reader.appendValue(to: &cooked)
    return first
  }

  func tree(_ source: SourceText, bytes: [UInt8]) -> Tree {
    Tree(
      source: source, bytes: bytes, cooked: cooked, records: records, children: children, properties: properties)
  }
}
