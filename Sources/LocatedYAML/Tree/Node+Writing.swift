extension Node {
  /// A scalar's text, if it is short enough; `nil` for a longer one, and for every other node.
  package var shortText: ShortText? {
    let record = record
    guard record.kind == .scalar else { return nil }
    return tree.withText(record) { ShortText($0) }
  }

  /// The first byte of a scalar's text; `nil` for an empty one, and for every other node.
  package var firstByte: UInt8? {
    tree.withText(record) { $0.isEmpty ? nil : unsafe $0.unsafeLoad(fromByteOffset: 0, as: UInt8.self) }
  }

  /// The key of a map's first entry.
  package var firstKey: Node? {
    let record = record
    guard record.kind == .mapping, record.count > 0 else { return nil }
    return Node(tree: tree, index: tree.nodes.child(of: record, at: 0))
  }

  /// The key and value of a map that has no other entry.
  package var onlyEntry: (key: Node, value: Node)? {
    let record = record
    guard record.kind == .mapping, record.count == 2 else { return nil }
    return (
      Node(tree: tree, index: tree.nodes.child(of: record, at: 0)),
      Node(tree: tree, index: tree.nodes.child(of: record, at: 1))
    )
  }

  /// How many nodes the tree has that the node stands in.
  package var nodeCountOfTree: Int { tree.nodes.count }

  /// A number that nodes have in common that are written alike; `nil` where that is not told: in trees with aliases, which can
  /// make one text mean two things. O(bytes).
  package var hashOfWriting: Int? {
    tree.hasAliases ? nil : tree.withWriting(record) { $0.hash }
  }

  /// Whether both are the same bytes, and the same nodes in them. `false` also where the text between may depend on what stands
  /// around it: with indentation, a text that is not as it is written. O(bytes).
  package func isWritten(like other: Node) -> Bool {
    let (own, others) = (record, other.record)
    guard own.kind == others.kind, own.style == others.style else { return false }
    let isEqual = tree.withWriting(own) { text in other.tree.withWriting(others) { text.isEqual(to: $0) } }
    return isEqual && (own.isIndependent || hasNodes(like: other))
  }

  /// Compares the nodes below both.
  private func hasNodes(like other: Node) -> Bool {
    let count = tree.nodes.following(index) - index
    guard other.tree.nodes.following(other.index) - other.index == count else { return false }
    let (start, otherStart) = (record.start, other.record.start)
    return (0..<count).allSatisfy { offset in
      tree.nodes[index + offset].isWritten(like: other.tree.nodes[other.index + offset], from: start, otherStart)
    }
  }
}

extension NodeRecord {
  /// Whether equal bytes are equal values wherever they stand: in brackets and quotes indentation means nothing.
  fileprivate var isIndependent: Bool {
    switch style {
    case .flow, .singleQuoted, .doubleQuoted: true
    case .plain: !isCooked
    case .block, .literal, .folded: false
    }
  }

  /// Whether both are the same kind of node at the same distance from a place of their own.
  fileprivate func isWritten(like other: NodeRecord, from start: UInt32, _ otherStart: UInt32) -> Bool {
    kind == other.kind && style == other.style && traits == other.traits && !isCooked
      && self.start &- start == other.start &- otherStart && end &- start == other.end &- otherStart
  }
}

extension RawSpan {
  /// A number that equal bytes have in common; not negative. Nobody relies on unequal ones having different numbers.
  fileprivate var hash: Int {
    // Multiplication by 2⁶⁴ divided by the golden ratio (Knuth), for each word.
    let spread: UInt64 = 0x9E37_79B9_7F4A_7C15
    var sum = UInt64(truncatingIfNeeded: byteCount)
    var offset = 0
    while offset + 8 <= byteCount {
      unsafe sum = (sum ^ unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* spread
      sum ^= sum >> 29
      offset += 8
    }
    while offset < byteCount {
      unsafe sum = (sum ^ UInt64(unsafeLoad(fromByteOffset: offset, as: UInt8.self))) &* spread
      offset += 1
    }
    return Int(truncatingIfNeeded: sum >> 24)
  }

  func isEqual(to other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    var offset = 0
    while offset + 8 <= byteCount {
      guard
        unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
          == other.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      else { return false }
      offset += 8
    }
    while offset < byteCount {
      guard
        unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
          == other.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      else { return false }
      offset += 1
    }
    return true
  }
}
