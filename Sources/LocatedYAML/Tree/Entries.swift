/// The keys and values of a map, in file order, repeated keys included.
public struct Entries: RandomAccessCollection, Sendable {
  private let map: Node?

  init(_ map: Node?) { self.map = map }

  /// Always 0.
  public var startIndex: Int { 0 }

  /// How many entries the map has.
  public var endIndex: Int { Int(map?.record.count ?? 0) / 2 }

  /// The key and value at `position`. O(1).
  public subscript(position: Int) -> (key: Node, value: Node) {
    precondition(indices.contains(position), "position outside the map")
    guard let map else { preconditionFailure("an empty map has no positions") }
    let record = map.record
    let first = UInt32(truncatingIfNeeded: 2 * position)
    let nodes = map.tree.nodes
    return (map.tree.node(nodes.child(of: record, at: first)), map.tree.node(nodes.child(of: record, at: first + 1)))
  }
}
