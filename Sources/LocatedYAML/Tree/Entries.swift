/// The keys and values of a map, in file order, repeated keys included.
public struct Entries: RandomAccessCollection, Sendable {
  private let tree: Tree
  private let record: NodeRecord
  private let count: UInt32

  /// None for a node that is no map.
  init(_ node: Node) {
    tree = node.tree
    record = node.record
    count = record.kind == .mapping ? record.count / 2 : 0
  }

  /// Always 0.
  public var startIndex: Int { 0 }

  /// How many entries the map has.
  public var endIndex: Int { Int(count) }

  /// The key and value at `position`. O(1).
  public subscript(position: Int) -> (key: Node, value: Node) {
    precondition(position >= 0 && position < Int(count), "position outside the map")
    let first = UInt32(truncatingIfNeeded: 2 * position)
    return (
      Node(tree: tree, index: tree.nodes.child(of: record, at: first)),
      Node(tree: tree, index: tree.nodes.child(of: record, at: first + 1))
    )
  }
}
