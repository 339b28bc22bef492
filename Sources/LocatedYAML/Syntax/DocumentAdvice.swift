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
      advice(
        "this stands behind the end of the document",
        at: ByteSpan(failure.offset, LineShape(text, line: line).contentEnd).clamped(to: bytes.count),
        help: "a policy file is one map; remove what does not belong to it")
    default:
      nil
    }
  }

  private func directive(_ message: String) -> SyntaxAdvice {
    let shape = LineShape(text, line: contextLine)
    return advice(message, at: shape.content, help: "remove the line: a policy file needs no directive")
  }
}
