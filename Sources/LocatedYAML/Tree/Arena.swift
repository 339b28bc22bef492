/// The growing arrays of a tree.
struct Arena {
  private(set) var records: ContiguousArray<NodeRecord> = []
  private(set) var children: ContiguousArray<UInt32> = []
  private(set) var suspects: ContiguousArray<UInt32> = []
  private(set) var cooked: [UInt8] = []
  private(set) var properties: [NodeProperties] = []
  private(set) var hasAliases = false

  /// An arena with room for more nodes than most files of `byteCount` bytes have. Memory that is not used costs nothing.
  init(expecting byteCount: Int) {
    records.reserveCapacity(byteCount / 6)
    children.reserveCapacity(byteCount / 5)
  }

  /// The index of the node that is appended next.
  var next: UInt32 { UInt32(truncatingIfNeeded: records.count) }

  mutating func append(_ record: NodeRecord) { records.append(record) }

  mutating func noteAlias() { hasAliases = true }

  mutating func append(_ property: NodeProperties) { properties.append(property) }

  /// Ends collection `node` at `end`: everything appended since it is below it.
  ///
  /// The list of its children ends with the number of the node that follows the collection, so that walking over the
  /// children of a parent can skip what is below each of them.
  mutating func close(_ node: UInt32, at end: UInt32, in bytes: ParsedBytes) {
    let first = children.count
    let following = next
    var child = node + 1
    while child < following {
      children.append(child)
      child = self.following(child)
    }
    records[Int(node)].close(
      at: end, first: UInt32(truncatingIfNeeded: first), count: UInt32(truncatingIfNeeded: children.count - first))
    children.append(following)
    if isSuspect(node, children: first..<children.count - 1, in: bytes) { suspects.append(node) }
  }

  /// Whether a collection that just ended deserves a closer look.
  private func isSuspect(_ node: UInt32, children range: Range<Int>, in bytes: ParsedBytes) -> Bool {
    let records = records.span
    let children = children.span.extracting(range)
    let collection = records[Int(node)]
    guard collection.kind == .mapping else { return CollectionScreen.suspects(items: children, records, in: bytes) }
    return CollectionScreen.suspects(
      entries: children, records, cooked: cooked.span, isBlock: collection.style == .block, in: bytes)
  }

  /// The first node behind `node` and everything below it.
  private func following(_ node: UInt32) -> UInt32 {
    let record = records[Int(node)]
    guard record.kind == .mapping || record.kind == .sequence else { return node + 1 }
    return children[Int(record.first) + Int(record.count)]
  }

  /// Keeps the reader's current text in the side buffer and returns where it begins.
  mutating func cook(_ reader: inout EventReader) -> UInt32 {
    let first = UInt32(truncatingIfNeeded: cooked.count)
    reader.appendValue(to: &cooked)
    return first
  }

  func tree(_ source: SourceText, bytes: [UInt8]) -> Tree {
    Tree(
      source: source, bytes: bytes, cooked: cooked, records: records, suspects: suspects,
      children: children, properties: properties, hasAliases: hasAliases)
  }
}
