internal import LocatedYAML

extension Notation {
  /// A list whose items are read one by one; with `atLeastOne`, an empty list is reported.
  static func list<Item: Sendable>(of item: Notation<Item>, atLeastOne: Bool = false) -> Notation
  where Value == [Item] {
    Notation(
      .list(of: item.shape),
      read: { layered, decoder in
        decoder.list(layered, of: item.shape, atLeastOne: atLeastOne) { item.read(Layered($0), decoder) }
      },
      show: { $0.isEmpty ? "[]" : nil }, same: { left, right in left.isEmpty && right.isEmpty })
  }

  static func list<Item: Equatable & Sendable>(of item: TextNotation<Item>, atLeastOne: Bool = false) -> Notation
  where Value == [Item] {
    list(of: item.notation, atLeastOne: atLeastOne)
  }
}

extension PolicyDecoder {
  /// Reads every item of a list; `nil` when the place is no list or an item could not be read.
  func list<Item>(
    _ layered: Layered, of shape: @autoclosure () -> Shape, atLeastOne: Bool, read: (Node) -> Item?
  ) -> [Item]? {
    var items: [Item] = []
    let isComplete = readItems(layered, of: shape(), atLeastOne: atLeastOne) { node in
      guard let item = read(node) else { return false }
      items.append(item)
      return true
    }
    return isComplete ? items : nil
  }

  /// Goes through all items of a list, each of them a step of the path; answers whether the place is one and `read` could read
  /// every item.
  func readItems(
    _ layered: Layered, of shape: @autoclosure () -> Shape, atLeastOne: Bool, _ read: (Node) -> Bool
  ) -> Bool {
    forEachItem(of: layered, shape(), atLeastOne: atLeastOne) { readItem($0, read) }
  }

  /// Reads an item as a step of the path.
  func readItem(_ item: Node, _ read: (Node) -> Bool) -> Bool {
    path.push(item: item)
    defer { path.pop() }
    return read(item)
  }

  /// The same where `read` makes an item a step of the path by itself.
  func forEachItem(
    of layered: Layered, _ shape: @autoclosure () -> Shape, atLeastOne: Bool, _ read: (Node) -> Bool
  ) -> Bool {
    guard layered.node.kind == .sequence else {
      wrongKind(layered.node, expected: .list(of: shape()))
      return false
    }
    let nodes = layered.node.items
    if nodes.isEmpty, atLeastOne {
      report(
        Advice(.outOfRange, "the list is empty", help: "write at least one, or leave the field out"), at: layered.node)
      return false
    }
    var isComplete = true
    for node in nodes where !read(node) { isComplete = false }
    return isComplete
  }
}
