/// The entries left out because of syntax errors, for telling what their absence could cause.
struct BlankedEntries {
  /// In file order.
  let spans: [ByteSpan]
  /// The parsed bytes, where blanked entries are comments.
  private let bytes: [UInt8]
  /// Every anchor and alias that seems to be written in an entry that was left out, with its `&` or `*`.
  private let references: Set<[UInt8]>

  init(_ spans: [ByteSpan], of source: SourceText, bytes: [UInt8]) {
    self.spans = spans
    self.bytes = bytes
    references = spans.reduce(into: []) { Self.collectReferences(in: source.bytes[$1.start..<$1.end], into: &$0) }
  }

  /// Whether an entry was left out of `span`, or between its end and the next thing that was read.
  ///
  /// An entry at the end of a map, or the only one, is missing behind what is left of the map and not inside it.
  func reach(_ span: ByteSpan) -> Bool {
    guard !spans.isEmpty else { return false }
    let end = contentStart(after: span.end)
    return spans.contains { span.start <= $0.start && $0.start < end }
  }

  /// Whether `reference`, such as `&name` or `*name`, is written in an entry that was left out.
  func mention(_ reference: String) -> Bool { references.contains(Array(reference.utf8)) }

  private static func collectReferences(in bytes: ArraySlice<UInt8>, into references: inout Set<[UInt8]>) {
    var offset = bytes.startIndex
    while offset < bytes.endIndex {
      let start = offset
      offset += 1
      guard bytes[start] == UInt8(ascii: "&") || bytes[start] == UInt8(ascii: "*") else { continue }
      while offset < bytes.endIndex, bytes[offset].isAnchorCharacter { offset += 1 }
      references.insert(Array(bytes[start..<offset]))
    }
  }

  /// Where the next character stands that is neither blank nor part of a comment.
  private func contentStart(after offset: Int) -> Int {
    var offset = offset
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "#") {
        while offset < bytes.count, !bytes[offset].isLineEnd { offset += 1 }
      } else if bytes[offset].isBlankOrLineEnd {
        offset += 1
      } else {
        return offset
      }
    }
    return bytes.count
  }
}
