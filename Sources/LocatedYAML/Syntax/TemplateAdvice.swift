extension SyntaxScene {
  /// `{{ x }}` and `{% if %}`: a template that nobody has rendered yet.
  func templateAdvice() -> SyntaxAdvice? {
    for line in [line, contextLine, text.previousLine(before: line)] {
      guard let line, let span = template(inLine: line) else { continue }
      return advice(
        "`\(shortened(string(span)))` is a template that was not rendered", at: span,
        help: "render the template first, or quote the value if the braces are meant")
    }
    return nil
  }

  private func template(inLine number: Int) -> ByteSpan? {
    let line = text.line(number)
    for (opening, closing) in [("{{", "}}"), ("{%", "%}")] {
      guard let start = offset(of: opening, in: line) else { continue }
      // `{{` that closes as `} }` or not at all is more likely a slip of the hand.
      guard let end = offset(of: closing, in: line[(start + 2)...]) else { continue }
      return ByteSpan(start, end + 2)
    }
    return nil
  }

  private func offset(of pair: String, in line: ArraySlice<UInt8>) -> Int? {
    let pair = Array(pair.utf8)
    return line.indices.first { line[$0...].starts(with: pair) }
  }
}
