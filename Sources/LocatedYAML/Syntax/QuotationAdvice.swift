extension SyntaxScene {
  /// Quotes that are not closed, and escapes that do not exist.
  func quotationAdvice() -> SyntaxAdvice? {
    switch failure.problem {
    case "found unexpected end of stream", "found unexpected document indicator":
      guard failure.isInQuotation else { return nil }
      return unclosed(at: failure.contextOffset)
    case StrictSyntax.quotationProblem:
      return shallowLine()
    case "found unknown escape character":
      return unknownEscape()
    case "did not find expected hexdecimal number":
      return advice(
        "an escape in double quotes lacks hexadecimal digits", at: escape(before: failure.offset),
        notes: [#"`\x` takes 2 digits, `\u` 4, `\U` 8"#])
    case "found invalid Unicode character escape code":
      return advice(
        "this escape is no Unicode character", at: escape(before: failure.offset),
        help: #"a character above U+FFFF is written with `\U` and 8 digits, not as a surrogate pair"#)
    default:
      return swallowedLines()
    }
  }

  /// A quotation that was closed by the opening quote of a later one: the parser stumbles over what follows.
  private func swallowedLines() -> SyntaxAdvice? {
    guard let last = lastScalar, last.style == .singleQuoted || last.style == .doubleQuoted else { return nil }
    let first = text.lineNumber(at: last.span.start)
    let end = text.lineNumber(at: last.span.end)
    guard first < end, end == line, failure.offset >= last.span.end else { return nil }
    let swallowsEntry = (first + 1...end).contains { LineShape(text, line: $0).isEntry }
    return swallowsEntry ? unclosed(at: last.span.start) : nil
  }

  /// A line of a quotation that stands too far left: nearly always the next entry, after a quote that was not closed.
  private func shallowLine() -> SyntaxAdvice {
    if LineShape(text, line: line).isEntry { return unclosed(at: failure.contextOffset) }
    var result = advice(
      "a line of a quoted text is not indented deeper than the entry it belongs to",
      at: LineShape(text, line: line).content,
      related: [Related(character(at: failure.contextOffset), "the quoted text begins here")],
      help: "indent it deeper, or close the quote before it")
    result.lines = min(result.lines.lowerBound, contextLine)...result.lines.upperBound
    return result
  }

  private func unclosed(at opening: Int) -> SyntaxAdvice {
    let quote = byte(at: opening) == UInt8(ascii: "'") ? "'" : "\""
    let line = text.line(text.lineNumber(at: opening))
    let end = line.endIndex - line.reversed().prefix(while: \.isBlank).count
    let isAlone = openFlows.isEmpty && !line.contains(UInt8(ascii: "#"))
    return advice(
      "this `\(quote)` is never closed", at: ByteSpan(opening, opening + 1).clamped(to: bytes.count),
      help: "close it at the end of the line",
      fix: isAlone ? [Edit(ByteSpan(end, end), quote)] : nil)
  }

  /// From the last backslash before `offset` to the end of its digits.
  private func escape(before offset: Int) -> ByteSpan {
    let line = text.line(text.lineNumber(at: offset))
    let end = min(max(offset, line.startIndex), line.endIndex)
    guard let start = line[..<end].lastIndex(of: UInt8(ascii: #"\"#)) else { return character(at: offset) }
    let digits = line[min(start + 2, line.endIndex)...].prefix { $0.isDigit || $0.isLetter }
    return ByteSpan(start, max(digits.prefix(8).endIndex, start + 1))
  }

  private func unknownEscape() -> SyntaxAdvice {
    let escape = ByteSpan(failure.offset, character(at: failure.offset + 1).end)
    return advice(
      "`\(string(escape))` is no escape that double quotes know", at: escape.clamped(to: bytes.count),
      help: #"write `\\` for a backslash, or use single quotes"#,
      fix: [Edit(ByteSpan(failure.offset, failure.offset), #"\"#)])
  }
}
