/// Finds keys that a map already has.
struct RepeatedKeys {
  /// Up to this many keys comparing each with each is faster than hashing them.
  private static let mostCompared = 12
  private var marks: [UInt64] = []

  /// Each repeated key with the first one of the same text, in file order. O(keys).
  ///
  /// Keys are compared as they resolve: `a`, `"a"` and an alias to either are one key. Keys that are no text are left
  /// alone, they are an error of their own.
  mutating func find(_ keys: [UInt32], in tree: Tree) -> [(key: UInt32, first: UInt32)] {
    keys.count <= Self.mostCompared ? compared(keys, tree) : hashed(keys, tree)
  }

  private mutating func compared(_ keys: [UInt32], _ tree: Tree) -> [(key: UInt32, first: UInt32)] {
    var found: [(key: UInt32, first: UInt32)] = []
    marks.removeAll(keepingCapacity: true)
    for key in keys {
      let mark = Self.mark(tree.records[Int(tree.resolved(key))], tree)
      for earlier in marks.indices where marks[earlier] == mark {
        guard Self.isSame(keys[earlier], key, tree) else { continue }
        found.append((key, keys[earlier]))
        break
      }
      marks.append(mark)
    }
    return found
  }

  private func hashed(_ keys: [UInt32], _ tree: Tree) -> [(key: UInt32, first: UInt32)] {
    var found: [(key: UInt32, first: UInt32)] = []
    var first = [String: UInt32](minimumCapacity: keys.count)
    for key in keys {
      let node = tree.node(tree.resolved(key))
      guard node.kind == .scalar else { continue }
      let text = node.text
      if let earlier = first[text] { found.append((key, earlier)) } else { first[text] = key }
    }
    return found
  }

  /// Length and first, middle and last bytes: different for most keys that differ.
  private static func mark(_ record: NodeRecord, _ tree: Tree) -> UInt64 {
    guard record.kind == .scalar, record.count > 0 else { return 0 }
    let first = Int(record.first)
    let count = Int(record.count)
    let text = record.isCooked ? tree.cooked : tree.bytes
    let sample = UInt64(text[first]) << 16 | UInt64(text[first + count / 2]) << 8 | UInt64(text[first + count - 1])
    return UInt64(record.count) << 24 | sample
  }

  private static func isSame(_ left: UInt32, _ right: UInt32, _ tree: Tree) -> Bool {
    let left = tree.records[Int(tree.resolved(left))]
    let right = tree.records[Int(tree.resolved(right))]
    guard left.kind == .scalar, right.kind == .scalar else { return false }
    return tree.textBytes(left).elementsEqual(tree.textBytes(right))
  }
}
