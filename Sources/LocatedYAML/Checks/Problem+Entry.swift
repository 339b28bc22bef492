/// What can be wrong with an entry of a map or a list.
extension Problem {
  static func repeatedKey(_ key: Node, first: Node) -> Problem {
    Problem(
      .duplicateKey, "the key `\(key.resolved.excerpt)` is already in this map", at: key.span,
      related: [Related(first.span, "`\(first.resolved.excerpt)` stands here first")],
      help: "remove one of them, or give it another name")
  }

  static func emptyValue(_ value: Node, of key: Node) -> Problem {
    let name = key.resolved.excerpt
    let help = "give it a value, or remove it"
    guard !value.isPlainEmpty else {
      return Problem(.emptyValue, "the key `\(name)` has no value", at: key.span, help: help)
    }
    return Problem(
      .emptyValue, "the value of `\(name)` is null", at: value.span, related: [Related(key.span, "the key")], help: help
    )
  }

  static func emptyItem(_ item: Node) -> Problem {
    let help = "give it a value, or remove it"
    guard item.isPlainEmpty else { return Problem(.emptyValue, "this list entry is null", at: item.span, help: help) }
    // What can be pointed at is the `-` before it.
    let dash = ByteSpan(max(item.span.start - 1, 0), item.span.start)
    return Problem(.emptyValue, "this list entry is empty", at: dash, help: help)
  }

  /// `{b:2}`: the whole is a key.
  static func missingBlank(inKey key: Node, behind colon: Int) -> Problem {
    Problem(
      .emptyValue, "the key `\(key.excerpt)` has no value: a space is missing after its `:`", at: key.span,
      help: "write `: `", fix: [Edit(ByteSpan(colon + 1, colon + 1), " ")])
  }

  /// `a:{b: 1}`: the key ends in the middle of the braces.
  static func missingBlank(behind colon: Int) -> Problem {
    Problem(
      .syntax, "a space is missing after this `:`", at: ByteSpan(colon, colon + 1), help: "write `: `",
      fix: [Edit(ByteSpan(colon + 1, colon + 1), " ")])
  }

  static func missingKey(at offset: Int) -> Problem {
    Problem(.syntax, "a key is missing before this", at: ByteSpan(offset, offset + 1), help: "write `key: value`")
  }

  static func booleanLookingKey(_ key: Node, meaning: Bool) -> Problem {
    let text = key.resolved.text
    return Problem(
      .booleanLookingKey, "other tools read the key `\(text)` as \(meaning)", at: key.span,
      notes: ["YAML 1.1 has 22 spellings of true and false; here a key is always a text"], help: "quote it",
      fix: [Edit(key.span, "\"\(text)\"")])
  }

  static func mergeKey(_ key: Node) -> Problem {
    Problem(
      .mergeKey, "merge keys (`<<`) are not supported", at: key.span,
      notes: ["YAML 1.2 no longer has them, and readers differ in what they merge"],
      help: "write the entries out, or use what the file's own language has for it")
  }

  static func collectionAsKey(_ key: Node) -> Problem {
    let kind = key.resolved.kind == .sequence ? "list" : "map"
    return Problem(.syntax, "a key is a text; this one is a \(kind)", at: key.span, help: "write `key: value`")
  }

  static func template(at span: ByteSpan) -> Problem {
    Problem(
      .syntax, "`{{` begins a template that was not rendered", at: span,
      help: "render the template first, or quote the value if the braces are meant")
  }
}
