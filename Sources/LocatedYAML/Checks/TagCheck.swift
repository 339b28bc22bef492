/// Tags: none has a meaning here, and none ever constructs anything.
enum TagCheck {
  /// The tags of YAML's core schema, which say what a reader of this file decides by the field.
  private static let core: Set<String> = [
    "tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:null", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq",
  ]

  static func problems(in tree: Tree) -> [Problem] {
    tree.properties.compactMap { properties in
      guard let tag = properties.tag, let span = properties.tagSpan else { return nil }
      return problem(tag, span, tree.node(properties.node))
    }
  }

  private static func problem(_ tag: String, _ span: ByteSpan, _ node: Node) -> Problem {
    let written = node.source.text(span)
    if core.contains(tag) {
      return Problem(
        .tag, "the tag `\(written)` has no effect: the field decides what its value is", at: span, help: "remove it",
        fix: [Edit(removal(of: span, in: node.tree.bytes), "")])
    }
    if node.isPlainEmpty {
      return Problem(
        .tag, "`\(written)` is read as a tag of an empty value", at: span, help: "quote it if a text is meant",
        fix: [Edit(ByteSpan(span.start, span.start), "\""), Edit(ByteSpan(span.end, span.end), "\"")])
    }
    return Problem(
      .tag, "the tag `\(written)` is not known", at: span, help: "remove it; tags are not supported",
      fix: [Edit(removal(of: span, in: node.tree.bytes), "")])
  }

  /// The tag and the blanks behind it.
  private static func removal(of span: ByteSpan, in bytes: [UInt8]) -> ByteSpan {
    var end = span.end
    while end < bytes.count, bytes[end].isBlank { end += 1 }
    return ByteSpan(span.start, end)
  }
}
