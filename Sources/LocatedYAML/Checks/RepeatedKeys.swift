/// Finds keys that a map already has, one map after the other.
///
/// Keys are compared as they resolve: `a`, `"a"` and an alias to either are one key. They are compared as bytes: two
/// spellings of one accented letter are two keys.
struct RepeatedKeys {
  /// Up to this many keys comparing each with each is faster than a table.
  static let mostCompared = 12
  private let tree: Tree
  private let nodes: NodeStore
  private let bytes: [UInt8]
  /// The keys of the present map, and something short that tells most of them apart.
  private var keys: ContiguousArray<UInt32> = []
  private var marks: ContiguousArray<UInt64> = []
  private var usesTable = false
  private var table = KeyTable(capacity: 0)

  init(_ tree: Tree) {
    self.tree = tree
    nodes = tree.nodes
    bytes = tree.bytes
  }

  /// Forgets the map before; a map of `count` keys follows.
  mutating func begin(count: Int) {
    keys.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    usesTable = count > Self.mostCompared
    if usesTable { table = KeyTable(capacity: count) }
  }

  /// The first key of the present map with the same text as `key`, whose scalar is `record`; `nil` when there is none,
  /// and then `key` is the first.
  mutating func first(like key: UInt32, _ record: NodeRecord) -> UInt32? {
    usesTable ? lookUp(key, record) : compare(key, record)
  }

  private mutating func compare(_ key: UInt32, _ record: NodeRecord) -> UInt32? {
    let mark = record.isCooked ? record.mark { tree.cooked[$0] } : record.mark { bytes[$0] }
    for earlier in marks.indices where marks[earlier] == mark {
      if isSame(keys[earlier], record) { return keys[earlier] }
    }
    keys.append(key)
    marks.append(mark)
    return nil
  }

  private mutating func lookUp(_ key: UInt32, _ record: NodeRecord) -> UInt32? {
    let hash = tree.withText(record) { $0.hash }
    if let first = table.find(hash: hash, where: { isSame($0, record) }) { return first }
    table.insert(key, hash: hash)
    return nil
  }

  private func isSame(_ key: UInt32, _ record: NodeRecord) -> Bool {
    let other = nodes[tree.resolved(key)]
    return tree.withText(other) { text in tree.withText(record) { text.isEqual(to: $0) } }
  }
}
