/// One step of the parser through a file. Offsets are bytes of the parsed text.
struct Event {
  /// What begins, ends, or stands there.
  enum Kind: UInt8 {
    case streamStart, streamEnd, documentStart, documentEnd, alias, scalar
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  let kind: Kind
  /// How a scalar or a collection is written; `.plain` for everything else.
  let style: Node.Style
  /// Where the event begins, the anchor and the tag of a node included.
  let start: Int
  /// Where it ends. Useless for a block collection, whose end is reported at the token that follows.
  let end: Int
  /// Whether an anchor or a tag is written.
  let hasProperties: Bool
  /// Whether the event begins and ends on one line, in the parser's own notion of a line.
  let isOnOneLine: Bool
  /// Whether a document's `---` or `...` is left out.
  let isImplicit: Bool
  /// Whether `%YAML` or `%TAG` stands before a document.
  let hasDirectives: Bool
}
