extension SyntaxScene {
  /// Directives, and text outside the document.
  func documentAdvice() -> SyntaxAdvice? {
    switch (failure.context, failure.problem) {
    case ("while scanning a directive", _), (_, "found duplicate %YAML directive"),
      (_, "found duplicate %TAG directive"):
      directive("this directive cannot be read")
    case (_, "found incompatible YAML document"):
      directive("only YAML 1.1 and 1.2 can be read")
    case (_, StrictSyntax.directiveProblem):
      directive("a directive can only stand at the start of the file, or behind `...`")
    case (_, "did not find expected <document start>"):
      strayText()
    default:
      nil
    }
  }

  /// Something behind the document: a directive, which makes the parser wait for another one, or anything else.
  private func strayText() -> SyntaxAdvice {
    for candidate in [line, text.previousLine(before: line)] {
      guard let candidate, byte(at: text.contentStart(ofLine: candidate)) == UInt8(ascii: "%") else { continue }
      return directive("a directive can only stand at the start of the file, or behind `...`", inLine: candidate)
    }
    return advice(
      "this stands behind the end of the document",
      at: ByteSpan(failure.offset, LineShape(text, line: line).contentEnd).clamped(to: bytes.count),
      help: "a policy file is one map; remove what does not belong to it")
  }

  private func directive(_ message: String, inLine number: Int? = nil) -> SyntaxAdvice {
    let shape = LineShape(text, line: number ?? contextLine)
    return advice(message, at: shape.content, help: "remove the line: a policy file needs no directive")
  }
}
