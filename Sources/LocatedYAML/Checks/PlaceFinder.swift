/// Tells which scalar a byte belongs to, asked from the start of the file to its end.
///
/// Nodes stand in file order, and a collection starts no later than its first descendant: the last node that starts at
/// or before a byte is the scalar around it, if there is one.
struct PlaceFinder {
  let tree: Tree
  /// How many nodes start at or before the last offset asked for.
  private var passed = 0

  init(_ tree: Tree) { self.tree = tree }

  /// The scalar that holds `offset`, or `nil` between scalars.
  ///
  /// O(log nodes passed since the last call); an earlier offset than that of the last call starts over.
  mutating func scalar(at offset: Int) -> NodeRecord? {
    if passed > 0, start(passed - 1) > offset { passed = 0 }
    advance(to: offset)
    guard passed > 0 else { return nil }
    let record = tree.nodes[UInt32(truncatingIfNeeded: passed - 1)]
    return record.kind == .scalar && offset < Int(record.end) ? record : nil
  }

  private mutating func advance(to offset: Int) {
    var step = 1
    while passed + step <= tree.nodes.count, start(passed + step - 1) <= offset {
      passed += step
      step *= 2
    }
    var high = min(passed + step, tree.nodes.count)
    while passed < high {
      let middle = (passed + high) / 2
      if start(middle) <= offset { passed = middle + 1 } else { high = middle }
    }
  }

  private func start(_ node: Int) -> Int { Int(tree.nodes.places[node].start) }
}
