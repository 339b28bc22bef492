/// How large a value is once every alias in it is replaced by what it stands for.
struct NodeSize {
  /// Nodes, the value itself and keys included.
  var nodes: Int
  /// Collections inside one another.
  var depth: Int

  static let scalar = NodeSize(nodes: 1, depth: 0)
}

extension Int {
  /// The sum, or the largest number there is.
  func addingSaturated(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
