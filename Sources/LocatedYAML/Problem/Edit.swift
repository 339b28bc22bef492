/// One replacement in a file. Several edits of one fix never overlap.
public struct Edit: Hashable, Sendable {
  /// The bytes that go; empty for an insertion.
  public var span: ByteSpan
  /// The text that takes their place.
  public var replacement: String

  /// Puts `replacement` in the place of the bytes at `span`.
  public init(_ span: ByteSpan, _ replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}
