internal import LocatedYAML

/// An element as a file defines it.
struct Entry: Sendable {
  let key: Node
  /// Without aliases.
  let value: Node

  /// What the element is called. O(bytes): a large file has very many names, and few are ever asked for.
  var name: String { key.resolved.text }
}

/// The elements of one section, in the order of the files.
struct NamedEntries: Sendable {
  private(set) var list: [Entry] = []
  /// Where in ``list`` each plain name stands.
  private var plain = PlainNameTable()
  /// The same for the names that are not plain.
  private var others: [String: Int] = [:]
  /// Where in ``list`` the names stand that are not plain, in their order.
  private(set) var notPlain: [Int] = []
  /// Whether a name looks like that of a preset.
  private(set) var hasPresetName = false

  /// Makes room for so many elements.
  mutating func reserve(_ count: Int) {
    list.reserveCapacity(count)
    plain.reserve(count)
  }

  /// Adds an element; answers the earlier one of the same name instead, if there is one.
  mutating func add(_ entry: Entry) -> Entry? {
    let tree = entry.key.tree
    let key = tree.resolved(entry.key.index)
    guard let name = tree.plainName(of: key) else { return add(entry, named: entry.name) }
    if let earlier = plain.find(name, where: { list[$0].key.resolved.hasText(of: tree.node(key)) }) {
      return list[earlier]
    }
    if tree.hasText(key, beginningWith: Presets.prefix) { hasPresetName = true }
    plain.insert(list.count, name)
    list.append(entry)
    return nil
  }

  private mutating func add(_ entry: Entry, named name: String) -> Entry? {
    if let earlier = others[name] { return list[earlier] }
    others[name] = list.count
    notPlain.append(list.count)
    list.append(entry)
    return nil
  }

  /// Where in ``list`` the element of a name stands. O(bytes of the name).
  func position(of name: String) -> Int? {
    guard let plainName = PlainName(name) else { return others[name] }
    return plain.find(plainName) { list[$0].key.resolved.hasText(name) }
  }

  subscript(_ name: String) -> Entry? { position(of: name).map { list[$0] } }
}

/// An environment as the files define it.
struct Environment: Sendable {
  let name: String
  let key: Node
  let overlay: FileDraft
}
