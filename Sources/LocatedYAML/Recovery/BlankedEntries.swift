/// The entries left out because of syntax errors, for telling what their absence could cause.
struct BlankedEntries {
  let source: SourceText
  /// The parsed bytes, where blanked entries are comments.
  let bytes: [UInt8]
  /// In file order.
  let spans: [ByteSpan]

  /// Whether an entry was left out of `span`, or between its end and the next thing that was read.
  ///
  /// An entry at the end of a map, or the only one, is missing behind what is left of the map and not inside it.
  func reach(_ span: ByteSpan) -> Bool {
    guard !spans.isEmpty else { return false }
    let end = contentStart(after: span.end)
    return spans.contains { span.start <= $0.start && $0.start < end }
  }

  /// Whether `text` is written in an entry that was left out.
  func mention(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    return spans.contains { span in
      let bytes = source.bytes[span.start..<span.end]
      return bytes.indices.contains { bytes[$0...].starts(with: wanted) }
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
