/// How large a value is once every alias in it is replaced by what it stands for.
struct NodeSize {
  /// Nodes, the value itself and keys included; stays at `Int.max` once it got there.
  var nodes: Int
  /// Collections inside one another.
  var depth: Int

  static let scalar = NodeSize(nodes: 1, depth: 0)

  /// The size of a collection before anything was put into it.
  static let emptyCollection = NodeSize(nodes: 1, depth: 1)

  /// Makes the collection of this size larger by one child.
  mutating func add(_ child: NodeSize) {
    nodes = nodes.addingSaturated(child.nodes)
    depth = max(depth, child.depth.addingSaturated(1))
  }
}

extension Int {
  /// The sum, or the largest number there is.
  func addingSaturated(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
