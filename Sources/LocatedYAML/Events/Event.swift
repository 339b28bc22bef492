/// One step of the parser through a file. Offsets are bytes of the parsed text.
struct Event {
  /// What begins, ends, or stands there. The numbers are those of libyaml's event types.
  enum Kind: UInt8 {
    case none, streamStart, streamEnd, documentStart, documentEnd, alias, scalar
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  var kind: Kind
  /// How a scalar or a collection is written; `.plain` for everything else.
  var style: Node.Style = .plain
  /// Where the event begins, the anchor and the tag of a node included.
  var start: Int
  /// Where it ends. Useless for a block collection, whose end is reported at the token that follows.
  var end: Int
  /// Whether an anchor or a tag is written.
  var hasProperties = false
  /// Whether the event begins and ends on one line, in the parser's own notion of a line.
  var isOnOneLine = true
  /// Whether a document's `---` or `...` is left out.
  var isImplicit = false
  /// Whether `%YAML` or `%TAG` stands before a document.
  var hasDirectives = false
}
