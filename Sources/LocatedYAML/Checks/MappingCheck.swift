/// Keys and values of every map and list: keys that repeat or are no text, values that are missing.
///
/// One walk over what was suspect already while it was read (``CollectionScreen``). What stands below a top-level `x-…` key is free for anything, so there nothing is said about
/// empty values and names; a repeated key stays a mistake everywhere.
struct MappingCheck {
  private let tree: Tree
  private let nodes: NodeStore
  private let bytes: [UInt8]
  private let blanked: BlankedEntries
  private(set) var problems: [Problem] = []
  /// Where nothing is said about empty values and names.
  private var freeNodes: [Range<UInt32>] = []
  private var repeated: RepeatedKeys

  init(_ tree: Tree, root: Node?, blanked: BlankedEntries) {
    self.tree = tree
    nodes = tree.nodes
    bytes = tree.bytes
    self.blanked = blanked
    repeated = RepeatedKeys(tree)
    freeNodes = Self.nodesBelowExtensions(of: root)
  }

  mutating func run() {
    // Outer ones first: what they are decides what is said about the inner ones.
    for index in tree.suspects.reversed() {
      let record = nodes[index]
      if record.kind == .mapping { checkMapping(record) } else { checkSequence(record) }
    }
  }

  private static func nodesBelowExtensions(of root: Node?) -> [Range<UInt32>] {
    guard let entries = root?.entries else { return [] }
    return entries.indices.compactMap { position in
      let entry = entries[position]
      guard entry.key.text.hasPrefix("x-") else { return nil }
      // Nodes stand in file order: what is below a value reaches to the next key.
      let next = position + 1 < entries.count ? entries[position + 1].key.index : UInt32.max
      return entry.value.index..<max(next, entry.value.index)
    }
  }

  private func isFree(_ index: UInt32) -> Bool { freeNodes.contains { $0.contains(index) } }
}

extension MappingCheck {
  private mutating func checkSequence(_ record: NodeRecord) {
    for position in 0..<record.count {
      let item = nodes.child(of: record, at: position)
      if isNull(nodes[item]), !isFree(item) { report(emptyItem: tree.node(item)) }
    }
  }

  private mutating func checkMapping(_ record: NodeRecord) {
    repeated.begin(count: Int(record.count / 2))
    for position in stride(from: 0, to: record.count, by: 2) {
      let key = nodes.child(of: record, at: position)
      let value = nodes.child(of: record, at: position + 1)
      if checkKey(key, value: value, record) { checkValue(value, of: key, record) }
    }
  }

  /// Whether the key is fit to be named when something is wrong with its value.
  private mutating func checkKey(_ key: UInt32, value: UInt32, _ parent: NodeRecord) -> Bool {
    var record = nodes[key]
    if record.kind == .alias { record = nodes[tree.resolved(key)] }
    guard record.kind == .scalar else {
      if record.kind != .alias { report(collectionAsKey: tree.node(key), value: value, parent) }
      return false
    }
    if record.style == .plain, record.count <= 5 {
      guard record.count > 0 else {
        if tree.node(key).tag == nil { problems.append(.missingKey(at: Int(record.start))) }
        return false
      }
      checkWord(key, record)
    }
    if let first = repeated.first(like: key, record), !isMergeKey(record) {
      problems.append(.repeatedKey(tree.node(key), first: tree.node(first)))
    }
    return true
  }

  /// Short plain keys that mean something to other tools.
  private mutating func checkWord(_ key: UInt32, _ record: NodeRecord) {
    if isMergeKey(record) { problems.append(.mergeKey(tree.node(key))) }
    guard BooleanWord.mayBegin(with: bytes[Int(record.start)], count: Int(record.count)), !isFree(key) else { return }
    if let meaning = BooleanWord.meaning(of: tree.node(key).resolved.text) {
      problems.append(.booleanLookingKey(tree.node(key), meaning: meaning))
    }
  }

  private mutating func checkValue(_ value: UInt32, of key: UInt32, _ parent: NodeRecord) {
    let record = nodes[value]
    guard record.kind == .scalar, record.style == .plain else { return }
    if isNull(record) {
      if !isFree(value) { report(emptyValue: tree.node(value), of: tree.node(key), parent) }
    } else if parent.style == .block, endsWithBracket(record), let colon = colonBeforeBracket(nodes[key]) {
      problems.append(.missingBlank(behind: colon))
    }
  }

  private func endsWithBracket(_ record: NodeRecord) -> Bool {
    let last = bytes[Int(record.end) - 1]
    return last == UInt8(ascii: "}") || last == UInt8(ascii: "]")
  }

  /// The `:` in the key of `a:{b: 1}`, which YAML reads as a key `a:{b` with the value `1}`.
  private func colonBeforeBracket(_ key: NodeRecord) -> Int? {
    let text = tree.textBytes(key)
    guard key.style == .plain, !key.isCooked,
      let bracket = text.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }),
      bracket > text.startIndex, text[bracket - 1] == UInt8(ascii: ":")
    else { return nil }
    return bracket - 1
  }

  private func isMergeKey(_ record: NodeRecord) -> Bool {
    guard record.style == .plain, record.count == 2 else { return false }
    return bytes[Int(record.start)] == UInt8(ascii: "<") && bytes[Int(record.start) + 1] == UInt8(ascii: "<")
  }

  /// Nothing, `~` or `null` without quotes. A tagged or anchored one counts too.
  private func isNull(_ record: NodeRecord) -> Bool {
    guard record.kind == .scalar, record.style == .plain, record.count <= 4 else { return false }
    switch record.count {
    case 0: return true
    case 1: return bytes[Int(record.start)] == UInt8(ascii: "~")
    case 4 where bytes[Int(record.start)] | 0x20 == UInt8(ascii: "n"):
      return ["null", "Null", "NULL"].contains(String(decoding: tree.textBytes(record), as: UTF8.self))
    default: return false
    }
  }
}

extension MappingCheck {
  private mutating func report(emptyValue value: Node, of key: Node, _ parent: NodeRecord) {
    guard value.tag == nil, !blanked.reach(ByteSpan(key.span.start, value.span.end)) else { return }
    if let colon = colonWithoutBlank(key, parent) {
      problems.append(.missingBlank(inKey: key, behind: colon))
    } else {
      problems.append(.emptyValue(value, of: key))
    }
  }

  /// The `:` inside the key of `{b:2}`, which YAML reads as a key `b:2` without a value.
  private func colonWithoutBlank(_ key: Node, _ parent: NodeRecord) -> Int? {
    guard parent.style == .flow, key.style == .plain else { return nil }
    var next = key.span.end
    while next < bytes.count, bytes[next].isBlankOrLineEnd { next += 1 }
    guard next >= bytes.count || bytes[next] != UInt8(ascii: ":") else { return nil }
    return bytes[key.span.start..<key.span.end].firstIndex(of: UInt8(ascii: ":"))
  }

  private mutating func report(emptyItem item: Node) {
    guard item.tag == nil, !blanked.reach(item.span) else { return }
    problems.append(.emptyItem(item))
  }

  private mutating func report(collectionAsKey key: Node, value: UInt32, _ parent: NodeRecord) {
    let isTemplate =
      parent.style == .flow && key.kind == .mapping && key.style == .flow && key.span.start == Int(parent.start) + 1
    guard isTemplate else { return problems.append(.collectionAsKey(key)) }
    // What is inside the braces has neither keys nor values.
    freeNodes.append(key.index..<max(value, key.index))
    problems.append(.template(at: parent.span))
  }
}
