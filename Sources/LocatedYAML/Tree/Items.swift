/// The nodes of a list, in file order.
public struct Items: RandomAccessCollection, Sendable {
  private let list: Node?

  init(_ list: Node?) { self.list = list }

  /// Always 0.
  public var startIndex: Int { 0 }

  /// How many nodes the list has.
  public var endIndex: Int { Int(list?.record.count ?? 0) }

  /// The node at `position`. O(1).
  public subscript(position: Int) -> Node {
    precondition(indices.contains(position), "position outside the list")
    guard let list else { preconditionFailure("an empty list has no positions") }
    return list.tree.node(list.tree.nodes.child(of: list.record, at: UInt32(truncatingIfNeeded: position)))
  }
}
