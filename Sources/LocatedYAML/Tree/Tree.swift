/// A document as flat arrays: the arena that every ``Node`` points into.
///
/// Nodes stand in file order. Texts are ranges of the parsed bytes, or of a side buffer where unescaping or folding
/// changed them, and become a `String` only when somebody asks.
package final class Tree: Sendable {
  let source: SourceText
  /// The bytes that were parsed: the file's, with what cannot be parsed overwritten byte by byte.
  let bytes: [UInt8]
  let cooked: [UInt8]
  let nodes: NodeStore
  /// The maps and lists in which something may be wrong, inner ones before the ones around them.
  let suspects: ContiguousArray<UInt32>
  /// Ordered by node.
  let properties: [NodeProperties]
  let hasAliases: Bool

  init(
    source: SourceText, bytes: [UInt8], cooked: [UInt8], nodes: NodeStore, suspects: ContiguousArray<UInt32>,
    properties: [NodeProperties], hasAliases: Bool
  ) {
    self.source = source
    self.bytes = bytes
    self.cooked = cooked
    self.nodes = nodes
    self.suspects = suspects
    self.properties = properties
    self.hasAliases = hasAliases
  }

  package func node(_ index: UInt32) -> Node { Node(tree: self, index: index) }

  /// The bytes of a scalar's text; empty for every other node.
  func textBytes(_ record: NodeRecord) -> ArraySlice<UInt8> {
    guard record.kind == .scalar else { return [] }
    let range = Int(record.first)..<Int(record.first) + Int(record.count)
    return record.isCooked ? cooked[range] : bytes[range]
  }

  /// Whether a node is a scalar of this text.
  func hasText(_ index: UInt32, _ text: String) -> Bool {
    let record = nodes[index]
    guard record.kind == .scalar, Int(record.count) == text.utf8.count else { return false }
    return withText(record) { bytes in
      var offset = 0
      for byte in text.utf8 {
        guard unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self) == byte else { return false }
        offset += 1
      }
      return true
    }
  }

  /// Looks at the bytes of a scalar's text; there are none of every other node.
  @inline(__always)
  func withText<Result>(_ record: NodeRecord, _ body: (RawSpan) -> Result) -> Result {
    let isScalar = record.kind == .scalar
    let start = isScalar ? Int(record.first) : 0
    let range = start..<start + (isScalar ? Int(record.count) : 0)
    return record.isCooked ? Self.look(at: cooked, range, body) : Self.look(at: bytes, range, body)
  }

  /// A scalar's text; empty for every other node.
  func text(_ record: NodeRecord) -> String {
    withText(record) { bytes in
      unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Looks at the bytes of a node as they stand in the file.
  @inline(__always)
  func withWriting<Result>(_ record: NodeRecord, _ body: (RawSpan) -> Result) -> Result {
    let start = min(Int(record.start), bytes.count)
    let end = max(start, min(Int(record.end), bytes.count))
    return Self.look(at: bytes, start..<end, body)
  }

  /// Unlike `bytes.span`, this does not count a reference to the array.
  @inline(__always)
  private static func look<Result>(at bytes: [UInt8], _ range: Range<Int>, _ body: (RawSpan) -> Result) -> Result {
    unsafe bytes.withUnsafeBytes { unsafe body($0.bytes.extracting(range)) }
  }

  /// The anchor and tag of a node. O(log nodes that have any).
  func properties(of index: UInt32) -> NodeProperties? {
    guard nodes.forms[Int(index)].traits.contains(.hasProperties) else { return nil }
    var low = 0
    var high = properties.count
    while low < high {
      let middle = (low + high) / 2
      if properties[middle].node < index { low = middle + 1 } else { high = middle }
    }
    return low < properties.count && properties[low].node == index ? properties[low] : nil
  }

  /// The node itself, or what an alias stands for.
  package func resolved(_ index: UInt32) -> UInt32 {
    guard nodes.forms[Int(index)].kind == .alias else { return index }
    let target = nodes[index].first
    return target != NodeRecord.noTarget ? target : index
  }
}
