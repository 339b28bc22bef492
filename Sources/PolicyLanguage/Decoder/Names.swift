internal import LocatedYAML

/// An element as a file defines it.
struct Entry: Sendable {
  let name: String
  let key: Node
  /// Without aliases.
  let value: Node
}

/// The elements of one section, in the order of the files.
struct NamedEntries: Sendable {
  private(set) var list: [Entry] = []
  /// Where in ``list`` each name stands.
  private(set) var index: [String: Int] = [:]

  /// Makes room for so many elements.
  mutating func reserve(_ count: Int) {
    list.reserveCapacity(count)
    index.reserveCapacity(count)
  }

  /// Adds an element; answers the earlier one of the same name instead, if there is one.
  mutating func add(_ entry: Entry) -> Entry? {
    if let earlier = index[entry.name] { return list[earlier] }
    index[entry.name] = list.count
    list.append(entry)
    return nil
  }

  func position(of name: String) -> Int? { index[name] }

  subscript(_ name: String) -> Entry? { index[name].map { list[$0] } }
}

/// An environment as the files define it.
struct Environment: Sendable {
  let name: String
  let key: Node
  let overlay: FileDraft
}
