/// A second place that a problem speaks of.
public struct Related: Hashable, Sendable {
  /// The bytes meant.
  public var span: ByteSpan
  /// What stands there.
  public var message: String

  /// `message` about the bytes at `span`.
  public init(_ span: ByteSpan, _ message: String) {
    self.span = span
    self.message = message
  }
}
