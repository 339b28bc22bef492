/// Looking at nodes by their numbers.
///
/// Whoever walks over a large tree holds it once: each ``Node`` that is made on the way would count a reference to it.
extension Tree {
  package func kind(of node: UInt32) -> Node.Kind { nodes.forms[Int(node)].kind }

  /// How many children a collection has, keys and values alike; 0 for every other node.
  package func childCount(of node: UInt32) -> Int {
    let record = nodes[node]
    return record.kind == .mapping || record.kind == .sequence ? Int(record.count) : 0
  }

  /// A child of a collection; keys and values alternate in a map.
  package func child(of collection: UInt32, at position: Int) -> UInt32 {
    nodes.child(of: nodes[collection], at: UInt32(truncatingIfNeeded: position))
  }

  /// The key and value of a map that has no other entry.
  package func onlyEntry(of node: UInt32) -> (key: UInt32, value: UInt32)? {
    let record = nodes[node]
    guard record.kind == .mapping, record.count == 2 else { return nil }
    return (nodes.child(of: record, at: 0), nodes.child(of: record, at: 1))
  }

  /// A scalar's text, if it is short enough; `nil` for a longer one, and for every other node.
  package func shortText(of node: UInt32) -> ShortText? {
    let record = nodes[node]
    guard record.kind == .scalar else { return nil }
    return withText(record) { ShortText($0) }
  }

  /// The first byte of a scalar's text; `nil` for an empty one, and for every other node.
  package func firstByte(of node: UInt32) -> UInt8? {
    withText(nodes[node]) { $0.isEmpty ? nil : unsafe $0.unsafeLoad(fromByteOffset: 0, as: UInt8.self) }
  }

  /// Whether a node is a scalar whose text begins with `prefix`.
  package func hasText(_ node: UInt32, beginningWith prefix: String) -> Bool {
    withText(nodes[node]) { bytes in
      var offset = 0
      for byte in prefix.utf8 {
        guard offset < bytes.byteCount, unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self) == byte else {
          return false
        }
        offset += 1
      }
      return true
    }
  }

  /// What a scalar's text is told by, if it is the kind of name that most are; `nil` for every other node.
  package func plainName(of node: UInt32) -> PlainName? {
    let record = nodes[node]
    guard record.kind == .scalar else { return nil }
    return withText(record) { PlainName($0) }
  }
}

/// Nodes that are written in the same way.
extension Tree {
  /// Whether one text may mean two things, because it names an anchor.
  package var mayReadAlike: Bool { !hasAliases }

  /// A number that nodes have in common that are written alike. O(bytes).
  package func hashOfWriting(of node: UInt32) -> Int { withWriting(nodes[node]) { $0.hash } }

  /// Whether both are the same bytes, and the same nodes in them. `false` also where the text between may depend on what stands
  /// around it: with indentation, a text that is not as it is written. O(bytes).
  package func isWritten(_ node: UInt32, like other: Node) -> Bool {
    let (own, others) = (nodes[node], other.tree.nodes[other.index])
    guard own.kind == others.kind, own.style == others.style else { return false }
    let isEqual = withWriting(own) { text in other.tree.withWriting(others) { text.isEqual(to: $0) } }
    return isEqual && (own.isIndependent || hasNodes(below: node, like: other))
  }

  /// Compares the nodes below both.
  private func hasNodes(below node: UInt32, like other: Node) -> Bool {
    let count = nodes.following(node) - node
    guard other.tree.nodes.following(other.index) - other.index == count else { return false }
    let (start, otherStart) = (nodes.start(node), other.tree.nodes.start(other.index))
    return (0..<count).allSatisfy { offset in
      nodes[node + offset].isWritten(like: other.tree.nodes[other.index + offset], from: start, otherStart)
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
