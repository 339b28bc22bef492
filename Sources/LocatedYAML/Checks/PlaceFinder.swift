/// Tells which scalar a byte belongs to.
struct PlaceFinder {
  let tree: Tree

  init(_ tree: Tree) { self.tree = tree }

  /// The scalar that holds `offset`, or `nil` between scalars. O(log nodes).
  ///
  /// Nodes stand in file order, and a collection starts no later than its first descendant: the last node that starts
  /// at or before a byte is the scalar around it, if there is one.
  func scalar(at offset: Int) -> NodeRecord? {
    var low = 0
    var high = tree.records.count
    while low < high {
      let middle = (low + high) / 2
      if Int(tree.records[middle].start) <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let record = tree.records[low - 1]
    return record.kind == .scalar && offset < Int(record.end) ? record : nil
  }
}
