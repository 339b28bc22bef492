extension SyntaxScene {
  /// Colons without a blank, one too many, or none at all.
  func colonAdvice() -> SyntaxAdvice? {
    switch failure.problem {
    case "mapping values are not allowed in this context": unexpectedColon()
    case "could not find expected ':'": missingColon(inLine: contextLine)
    default: nil
    }
  }

  /// A `:` where no key can end. Either the lines before it run into this one, or the line has a colon too many.
  private func unexpectedColon() -> SyntaxAdvice {
    let here = LineShape(text, line: line)
    if let first = here.colon, first < failure.offset { return secondColon(here) }
    if failure.offset - here.contentStart > 1_024 { return longKey(here) }
    guard let before = text.previousLine(before: line) else { return strayColon() }
    let shape = LineShape(text, line: before)
    if let colon = shape.colonWithoutBlank { return missingBlank(behind: colon) }
    if let key = shape.key, let value = shape.value, !value.isEmpty, here.contentStart > text.line(line).startIndex {
      return continuedValue(of: key, value, here)
    }
    if shape.colon == nil, openFlows.isEmpty { return missingColon(inLine: before) }
    return strayColon()
  }

  private func strayColon() -> SyntaxAdvice {
    advice(
      "a `:` cannot stand here", at: character(at: failure.offset),
      help: "quote the text if the colon belongs to it")
  }

  private func missingBlank(behind colon: Int) -> SyntaxAdvice {
    advice(
      "a space is missing after this `:`", at: ByteSpan(colon, colon + 1), help: "write `: `",
      fix: [Edit(ByteSpan(colon + 1, colon + 1), " ")])
  }

  /// `message: error: bad`.
  private func secondColon(_ shape: LineShape) -> SyntaxAdvice {
    guard let value = shape.value, value.contains(failure.offset), let first = byte(at: value.start),
      first.isWordCharacter, openFlows.isEmpty
    else { return strayColon() }
    return advice(
      "a second `:` in one entry: the value needs quotes", at: character(at: failure.offset),
      help: "quote the value, or put what follows on a line of its own", fix: quoting(value))
  }

  /// A line that is indented as if it continued the value above it.
  private func continuedValue(of key: ByteSpan, _ value: ByteSpan, _ here: LineShape) -> SyntaxAdvice {
    let start = text.line(line).startIndex
    let above = text.line(text.lineNumber(at: key.start)).startIndex
    let columns = key.start - above
    guard here.contentStart - start > columns else { return strayColon() }
    return advice(
      "by its indentation this line continues the value of `\(shortened(string(key)))`", at: here.key ?? here.content,
      related: [Related(value, "this value ends its entry")],
      help: columns == 0 ? "do not indent it" : "indent it by \(columns) spaces",
      fix: [Edit(ByteSpan(start, here.contentStart), String(repeating: " ", count: columns))])
  }

  private func longKey(_ shape: LineShape) -> SyntaxAdvice {
    advice(
      "this key is longer than 1024 characters, the most YAML allows", at: ByteSpan(shape.contentStart, failure.offset))
  }

  /// A line that would be an entry if it had a colon.
  private func missingColon(inLine number: Int) -> SyntaxAdvice {
    let shape = LineShape(text, line: number)
    if let colon = shape.colonWithoutBlank { return missingBlank(behind: colon) }
    let word = shortened(string(shape.content))
    if let equals = equalsSign(shape) {
      return advice(
        "an entry is written with `: `, not with `=`", at: equals, fix: [Edit(equals, ": ")])
    }
    return advice(
      "`\(word)` has no `:`", at: shape.content,
      help: "write `\(word):`, or indent the line if it continues the one before it")
  }

  /// The `=` of `name = value`, with the blanks around it.
  private func equalsSign(_ shape: LineShape) -> ByteSpan? {
    let content = shape.content
    guard let sign = bytes[content.start..<content.end].firstIndex(of: UInt8(ascii: "=")), sign > content.start else {
      return nil
    }
    var start = sign
    var end = sign + 1
    while start > content.start, bytes[start - 1].isBlank { start -= 1 }
    while end < content.end, bytes[end].isBlank { end += 1 }
    guard end < content.end, bytes[content.start..<start].allSatisfy(\.isWordCharacter) else { return nil }
    return ByteSpan(start, end)
  }
}
