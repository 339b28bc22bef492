extension SyntaxScene {
  /// Plain values whose first character means something else to YAML.
  func firstCharacterAdvice() -> SyntaxAdvice? {
    switch (failure.context, failure.problem) {
    case (_, "found character that cannot start any token"):
      needsQuotes(from: failure.offset, because: "which YAML reserves")
    case ("while scanning an alias", _):
      needsQuotes(from: failure.contextOffset, because: "which YAML takes for an alias")
    case ("while scanning an anchor", _):
      needsQuotes(from: failure.contextOffset, because: "which YAML takes for an anchor")
    case ("while scanning a tag", _), ("while parsing a tag", _):
      needsQuotes(from: failure.contextOffset, because: "which YAML takes for a tag")
    case ("while scanning a block scalar", "did not find expected comment or line break"):
      needsQuotes(from: failure.contextOffset, because: "which begins a text of several lines")
    case (_, "found undefined tag handle"):
      undefinedTagHandle()
    default:
      nil
    }
  }

  private func needsQuotes(from start: Int, because reason: String) -> SyntaxAdvice {
    let value = plainText(from: start)
    let first = string(character(at: start))
    guard !value.isEmpty else { return plainAdvice() }
    let isPercentage = first == "%" && bytes[value.start + 1..<value.end].allSatisfy(\.isDigit) && value.count > 1
    return advice(
      "a value cannot begin with \(first == "`" ? "a backtick" : "`\(first)`"), \(reason), unless it is quoted",
      at: value,
      help: isPercentage ? "a percentage is written `\(string(value).dropFirst())%`" : "quote it",
      fix: isPercentage ? [Edit(value, string(value).dropFirst() + "%")] : quoting(value))
  }

  private func undefinedTagHandle() -> SyntaxAdvice {
    let text = plainText(from: failure.offset)
    let count = bytes[text.start..<text.end].prefix { !$0.isBlank }.count
    let tag = ByteSpan(text.start, text.start + count)
    return advice(
      "the tag `\(shortened(string(tag)))` uses a handle that nothing defines", at: tag, help: "remove the tag")
  }
}
