extension SyntaxScene {
  /// The parser's own words, for what nothing better is known about.
  func plainAdvice() -> SyntaxAdvice {
    let reading = failure.context.map { " \($0)" } ?? ""
    let related =
      failure.contextOffset < failure.offset
      ? [Related(character(at: failure.contextOffset), "it was reading what begins here")] : []
    return advice(
      "the YAML parser stopped\(reading): \(failure.problem)", at: character(at: failure.offset), related: related)
  }
}
