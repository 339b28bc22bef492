extension Node {
  /// A scalar's text, if it is short enough; `nil` for a longer one, and for every other node.
  package var shortText: ShortText? {
    tree.shortText(of: index)
  }

  /// The first byte of a scalar's text; `nil` for an empty one, and for every other node.
  package var firstByte: UInt8? { tree.firstByte(of: index) }

  /// The key of a map's first entry.
  package var firstKey: Node? {
    let record = record
    guard record.kind == .mapping, record.count > 0 else { return nil }
    return Node(tree: tree, index: tree.nodes.child(of: record, at: 0))
  }

  /// How many nodes the tree has that the node stands in.
  package var nodeCountOfTree: Int { tree.nodes.count }

  /// A number that nodes have in common that are written alike; `nil` where that is not told: in trees with aliases, which can
  /// make one text mean two things. O(bytes).
  package var hashOfWriting: Int? {
    tree.hasAliases ? nil : tree.hashOfWriting(of: index)
  }

  /// Whether both are the same bytes, and the same nodes in them: see ``Tree/isWritten(_:like:)``. O(bytes).
  package func isWritten(like other: Node) -> Bool { tree.isWritten(index, like: other) }
}
