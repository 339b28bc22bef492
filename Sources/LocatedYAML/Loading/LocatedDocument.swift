/// What a file turned out to hold: a tree that knows its places, and everything that is wrong with it.
public struct LocatedDocument: Sendable {
  /// The file.
  public let source: SourceText

  /// The document's map; `nil` when there is none, or a limit stopped the loading.
  ///
  /// With syntax errors the map holds what is healthy: the entries in ``blankedSpans`` are missing from it.
  public let root: Node?

  /// Where the document's comments stand, in file order.
  let commentSpans: [ByteSpan]

  /// Everything wrong with the file as text and as YAML, ordered by position.
  public let problems: [Problem]

  /// The entries left out because of syntax errors, in file order.
  ///
  /// A rule that complains of something missing has to be silent when one of these could hold it.
  public let blankedSpans: [ByteSpan]
}

extension LocatedDocument {
  /// The document's comments, in file order. O(comments).
  public var comments: [Comment] { commentSpans.map { Comment(source, span: $0) } }

  /// Whether an entry left out because of a syntax error may have stood in `node`.
  ///
  /// What is missing at the end of a map stands behind the map's own span, up to the next thing that was read. An empty
  /// value may have been a whole map.
  public func mayLackEntries(_ node: Node) -> Bool {
    BlankedEntries(blankedSpans, of: source, bytes: node.tree.bytes).reach(node.span)
  }
}
