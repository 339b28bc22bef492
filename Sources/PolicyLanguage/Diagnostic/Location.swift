public import LocatedYAML

/// A place in a file.
public struct Location: Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public let source: SourceText
  /// The bytes.
  public let span: ByteSpan

  public init(source: SourceText, span: ByteSpan) {
    self.source = source
    self.span = span
  }

  /// The place of a node's value.
  public init(_ node: Node) { self.init(source: node.source, span: node.span) }

  /// The 1-based line where it starts.
  public var line: Int { source.position(of: span.start).line }

  /// `path:line:column`, as editors and terminals read it.
  public var description: String {
    let start = source.position(of: span.start)
    return "\(source.path):\(start.line):\(start.column)"
  }

  /// Two places are equal when they are the same bytes of the same text object.
  public static func == (left: Location, right: Location) -> Bool {
    left.source === right.source && left.span == right.span
  }

  /// Hashes the text object and the bytes.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(source))
    hasher.combine(span)
  }
}
