/// A comment, from its `#` to the end of its line.
public struct Comment: Sendable {
  private let source: SourceText

  /// The bytes of the comment, the `#` included, the line end not.
  public let span: ByteSpan

  /// Whether nothing but blanks stands before the comment on its line.
  public let ownLine: Bool

  init(_ source: SourceText, span: ByteSpan, ownLine: Bool) {
    self.source = source
    self.span = span
    self.ownLine = ownLine
  }

  /// The comment as written, the `#` included.
  public var text: String { source.text(span) }
}
