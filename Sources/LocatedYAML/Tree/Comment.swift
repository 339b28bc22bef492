/// A comment, from its `#` to the end of its line.
public struct Comment: Sendable {
  private let source: SourceText

  /// The bytes of the comment, the `#` included, the line end not.
  public let span: ByteSpan

  init(_ source: SourceText, span: ByteSpan) {
    self.source = source
    self.span = span
  }

  /// Whether nothing but blanks stands before the comment on its line. O(blanks before it).
  public var ownLine: Bool {
    let before = source.bytes[source.contentStart..<max(span.start, source.contentStart)]
    return before.last { !$0.isBlank }?.isLineEnd ?? true
  }

  /// The comment as written, the `#` included.
  public var text: String { source.text(span) }
}
