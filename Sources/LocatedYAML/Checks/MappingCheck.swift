/// Keys and values of every map and list: keys that repeat or are no text, values that are missing.
///
/// One walk over the arena. What stands below a top-level `x-…` key is free for anything, so there nothing is said about
/// empty values and names; a repeated key stays a mistake everywhere.
struct MappingCheck {
  let tree: Tree
  let blanked: BlankedEntries
  private(set) var problems: [Problem] = []
  /// Where nothing is said about empty values and names.
  private var freeNodes: [Range<UInt32>] = []
  private var repeated = RepeatedKeys()

  init(_ tree: Tree, root: Node?, blanked: BlankedEntries) {
    self.tree = tree
    self.blanked = blanked
    freeNodes = Self.nodesBelowExtensions(of: root)
  }

  mutating func run() {
    for index in tree.records.indices {
      let record = tree.records[index]
      switch record.kind {
      case .mapping: checkMapping(record)
      case .sequence: checkSequence(record)
      case .scalar, .alias: continue
      }
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
    for position in Int(record.first)..<Int(record.first) + Int(record.count) {
      let item = tree.children[position]
      guard isNull(tree.records[Int(item)]), !isFree(item) else { continue }
      report(emptyItem: tree.node(item))
    }
  }

  private mutating func checkMapping(_ record: NodeRecord) {
    var keys: [UInt32] = []
    keys.reserveCapacity(Int(record.count) / 2)
    for position in stride(from: Int(record.first), to: Int(record.first) + Int(record.count), by: 2) {
      let key = tree.children[position]
      keys.append(key)
      checkEntry(key, tree.children[position + 1], record)
    }
    for (key, first) in repeated.find(keys, in: tree) where !isMergeKey(key) {
      report(repeated: tree.node(key), first: tree.node(first))
    }
  }

  private mutating func checkEntry(_ key: UInt32, _ value: UInt32, _ parent: NodeRecord) {
    let record = tree.records[Int(tree.resolved(key))]
    guard record.kind == .scalar || record.kind == .alias else {
      return report(collectionAsKey: tree.node(key), value: value, parent)
    }
    if record.style == .plain, parent.style == .block, let colon = colonBeforeBracket(record) {
      return report(missingBlankBehind: colon)
    }
    if isNull(tree.records[Int(value)]), !isFree(value) {
      report(emptyValue: tree.node(value), of: tree.node(key), parent)
    }
    guard record.kind == .scalar, record.style == .plain, record.count <= 5 else { return }
    if record.count == 0 { return report(missingKey: tree.node(key)) }
    if BooleanWord.matches(tree.textBytes(record)), !isFree(key) { report(booleanKey: tree.node(key)) }
    if isMergeKey(key) { report(mergeKey: tree.node(key)) }
  }

  /// The `:` in the key of `a:{b: 1}`, which YAML reads as a key `a:{b` with the value `1}`.
  private func colonBeforeBracket(_ key: NodeRecord) -> Int? {
    let text = tree.textBytes(key)
    guard !key.isCooked, let bracket = text.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }),
      bracket > text.startIndex, text[bracket - 1] == UInt8(ascii: ":")
    else { return nil }
    return bracket - 1
  }

  private func isMergeKey(_ key: UInt32) -> Bool {
    let record = tree.records[Int(key)]
    return record.style == .plain && record.count == 2 && tree.node(key).hasText("<<")
  }

  /// Nothing, `~` or `null` without quotes. A tagged or anchored one counts too.
  private func isNull(_ record: NodeRecord) -> Bool {
    guard record.kind == .scalar, record.style == .plain, record.count <= 4 else { return false }
    switch record.count {
    case 0: return true
    case 1: return tree.textBytes(record).first == UInt8(ascii: "~")
    case 4: return ["null", "Null", "NULL"].contains(String(decoding: tree.textBytes(record), as: UTF8.self))
    default: return false
    }
  }
}

extension MappingCheck {
  private mutating func report(repeated key: Node, first: Node) {
    problems.append(
      Problem(
        .duplicateKey, "the key `\(key.resolved.text)` is already in this map", at: key.span,
        related: [Related(first.span, "`\(first.resolved.text)` stands here first")],
        help: "remove one of them, or give it another name"))
  }

  private mutating func report(emptyValue value: Node, of key: Node, _ parent: NodeRecord) {
    guard value.tag == nil, !blanked.reach(ByteSpan(key.span.start, value.span.end)) else { return }
    let name = key.resolved.text
    if let colon = colonWithoutBlank(key, parent) {
      problems.append(
        Problem(
          .emptyValue, "the key `\(name)` has no value: a space is missing after its `:`", at: key.span,
          help: "write `: `", fix: [Edit(ByteSpan(colon + 1, colon + 1), " ")]))
    } else if value.isPlainEmpty {
      problems.append(
        Problem(.emptyValue, "the key `\(name)` has no value", at: key.span, help: "give it a value, or remove it"))
    } else {
      problems.append(
        Problem(
          .emptyValue, "the value of `\(name)` is null", at: value.span,
          related: [Related(key.span, "the key")], help: "give it a value, or remove it"))
    }
  }

  /// The `:` inside the key of `{b:2}`, which YAML reads as a key `b:2` without a value.
  private func colonWithoutBlank(_ key: Node, _ parent: NodeRecord) -> Int? {
    guard parent.style == .flow, key.style == .plain else { return nil }
    let bytes = tree.bytes
    var next = key.span.end
    while next < bytes.count, bytes[next].isBlankOrLineEnd { next += 1 }
    guard next >= bytes.count || bytes[next] != UInt8(ascii: ":") else { return nil }
    return bytes[key.span.start..<key.span.end].firstIndex(of: UInt8(ascii: ":"))
  }

  private mutating func report(emptyItem item: Node) {
    guard item.tag == nil, !blanked.reach(item.span) else { return }
    let dash = ByteSpan(max(item.span.start - 1, 0), item.span.start)
    problems.append(
      item.isPlainEmpty
        ? Problem(.emptyValue, "this list entry is empty", at: dash, help: "give it a value, or remove it")
        : Problem(.emptyValue, "this list entry is null", at: item.span, help: "give it a value, or remove it"))
  }

  private mutating func report(missingBlankBehind colon: Int) {
    problems.append(
      Problem(
        .syntax, "a space is missing after this `:`", at: character(at: colon), help: "write `: `",
        fix: [Edit(ByteSpan(colon + 1, colon + 1), " ")]))
  }

  private mutating func report(missingKey key: Node) {
    guard key.tag == nil else { return }
    problems.append(
      Problem(.syntax, "a key is missing before this", at: character(at: key.span.start), help: "write `key: value`"))
  }

  private mutating func report(booleanKey key: Node) {
    let text = key.resolved.text
    problems.append(
      Problem(
        .booleanLookingKey, "other tools read the key `\(text)` as \(BooleanWord.meaning(of: text))", at: key.span,
        notes: ["YAML 1.1 has 22 spellings of true and false; here a key is always a text"], help: "quote it",
        fix: [Edit(key.span, "\"\(text)\"")]))
  }

  private mutating func report(mergeKey key: Node) {
    problems.append(
      Problem(
        .mergeKey, "merge keys (`<<`) are not supported", at: key.span,
        notes: ["YAML 1.2 no longer has them, and readers differ in what they merge"],
        help: "write the entries out, or use what the file's own language has for it"))
  }

  private mutating func report(collectionAsKey key: Node, value: UInt32, _ parent: NodeRecord) {
    if parent.style == .flow, key.kind == .mapping, key.style == .flow, key.span.start == Int(parent.start) + 1 {
      // What is inside the braces has neither keys nor values.
      freeNodes.append(key.index..<max(value, key.index))
      problems.append(
        Problem(
          .syntax, "`{{` begins a template that was not rendered", at: parent.span,
          help: "render the template first, or quote the value if the braces are meant"))
      return
    }
    let kind = key.resolved.kind == .sequence ? "list" : "map"
    problems.append(
      Problem(.syntax, "a key is a text; this one is a \(kind)", at: key.span, help: "write `key: value`"))
  }

  private func character(at offset: Int) -> ByteSpan {
    ByteSpan(offset, offset + 1).clamped(to: tree.bytes.count)
  }
}
