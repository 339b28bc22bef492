/// The nodes of a list, in file order.
public struct Items: RandomAccessCollection, Sendable {
  private let tree: Tree
  private let record: NodeRecord
  private let count: UInt32

  /// None for a node that is no list.
  init(_ node: Node) {
    tree = node.tree
    record = node.record
    count = record.kind == .sequence ? record.count : 0
  }

  /// Always 0.
  public var startIndex: Int { 0 }

  /// How many nodes the list has.
  public var endIndex: Int { Int(count) }

  /// The node at `position`. O(1).
  public subscript(position: Int) -> Node {
    precondition(position >= 0 && position < Int(count), "position outside the list")
    return Node(tree: tree, index: tree.nodes.child(of: record, at: UInt32(truncatingIfNeeded: position)))
  }
}
