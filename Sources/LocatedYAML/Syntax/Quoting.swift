extension SyntaxScene {
  /// Edits that put `span` into quotes: double ones, or single ones when double ones would change its meaning.
  func quoting(_ span: ByteSpan) -> [Edit] {
    let needsSingle = bytes[span.start..<span.end].contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
    let quote = needsSingle ? "'" : "\""
    var edits = [Edit(ByteSpan(span.start, span.start), quote)]
    if needsSingle {
      for offset in span.start..<span.end where bytes[offset] == UInt8(ascii: "'") {
        edits.append(Edit(ByteSpan(offset, offset + 1), "''"))
      }
    }
    edits.append(Edit(ByteSpan(span.end, span.end), quote))
    return edits
  }

  /// The plain text that begins at `start`: to a `: `, a comment, a bracket or comma of the flow around it, or the end
  /// of the line.
  func plainText(from start: Int) -> ByteSpan {
    let lineEnd = text.line(text.lineNumber(at: start)).endIndex
    var end = start
    while end < lineEnd {
      let byte = bytes[end]
      if byte == UInt8(ascii: "#"), end > start, bytes[end - 1].isBlank { break }
      if byte == UInt8(ascii: ":"), end + 1 >= lineEnd || bytes[end + 1].isBlank { break }
      if !openFlows.isEmpty, byte.isFlowIndicator { break }
      end += 1
    }
    while end > start, bytes[end - 1].isBlank { end -= 1 }
    return ByteSpan(start, end)
  }
}
