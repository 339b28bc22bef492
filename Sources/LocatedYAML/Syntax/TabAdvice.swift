extension SyntaxScene {
  /// Tabs where only spaces may stand: one finding for a whole run of lines.
  func tabAdvice() -> SyntaxAdvice? {
    guard failure.problem != "did not find expected key", let tab = tabOffset else { return nil }
    let number = text.lineNumber(at: tab)
    guard isIndentation(tab, ofLine: number) else {
      return advice(
        "a tab stands where only spaces may", at: ByteSpan(tab, tab + 1), help: "write spaces",
        fix: [Edit(ByteSpan(tab, tab + 1), " ")])
    }
    let lines = tabIndentedLines(around: number)
    var result = advice(
      lines.count == 1 ? "this line is indented with a tab" : "\(lines.count) lines are indented with tabs",
      at: ByteSpan(tab, tab + 1), notes: ["YAML indents with spaces only"], help: "write two spaces for each tab",
      fix: lines.flatMap(untabbed))
    result.lines = min(result.lines.lowerBound, lines.first ?? number)...max(number, lines.last ?? number)
    return result
  }

  /// The tab the parser complains of, or stopped behind.
  private var tabOffset: Int? {
    if byte(at: failure.offset) == UInt8(ascii: "\t") { return failure.offset }
    let complains = failure.problem.contains("tab character")
    guard complains || isColonFailure, let first = text.line(line).first else { return nil }
    return first == UInt8(ascii: "\t") ? text.line(line).startIndex : nil
  }

  private var isColonFailure: Bool { failure.problem.hasPrefix("mapping values") }

  private func isIndentation(_ offset: Int, ofLine number: Int) -> Bool {
    offset < text.contentStart(ofLine: number)
  }

  /// The lines of one run, blank lines between them passed over, whose indentation holds a tab.
  private func tabIndentedLines(around number: Int) -> [Int] {
    var lines: [Int] = []
    var next: Int? = number
    while let line = next, text.line(line).prefix(while: \.isBlank).contains(UInt8(ascii: "\t")) {
      lines.append(line)
      next = text.nextLine(after: line)
    }
    return lines
  }

  private func untabbed(_ number: Int) -> [Edit] {
    text.line(number).prefix(while: \.isBlank).indices
      .filter { bytes[$0] == UInt8(ascii: "\t") }
      .map { Edit(ByteSpan($0, $0 + 1), "  ") }
  }
}
