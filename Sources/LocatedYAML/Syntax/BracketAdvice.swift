extension SyntaxScene {
  /// Brackets that are not closed, closed by another one, or whose entries lack a comma.
  func bracketAdvice() -> SyntaxAdvice? {
    if failure.problem == StrictSyntax.dashProblem {
      return advice(
        "`-` in brackets stands for nothing", at: character(at: failure.offset),
        help: "quote it, or separate entries with `,` alone")
    }
    return switch failure.context {
    case "while parsing a flow mapping", "while parsing a flow sequence": missingSeparator()
    case "while parsing a flow node": missingFlowNode()
    case "while parsing a block node": strayBracket()
    case "while scanning a plain scalar" where failure.problem == "found unexpected ':'": strayFlowColon()
    default: nil
    }
  }

  /// The parser wanted a comma or the closing bracket.
  private func missingSeparator() -> SyntaxAdvice {
    let opening = failure.contextOffset
    if isClosingBracket(at: failure.offset) { return wrongBracket(opening) }
    if isUnclosed(opening) { return unclosed(opening) }
    return advice(
      "a `,` is missing before this", at: character(at: failure.offset),
      related: [Related(character(at: opening), "`\(string(character(at: opening)))` opens here")],
      help: "separate entries with `,`, and quote a text that holds `,`, brackets or `: `")
  }

  private func missingFlowNode() -> SyntaxAdvice {
    let opening = openFlows.last ?? failure.contextOffset
    if byte(at: failure.offset) == UInt8(ascii: ",") {
      return advice("nothing stands before this `,`", at: character(at: failure.offset), help: "remove the `,`")
    }
    if isClosingBracket(at: failure.offset) { return wrongBracket(opening) }
    if failure.offset >= bytes.count || isUnclosed(opening) { return unclosed(opening) }
    return advice("no value can begin here", at: character(at: failure.offset), help: "quote the text")
  }

  private func strayBracket() -> SyntaxAdvice? {
    guard isClosingBracket(at: failure.offset) || byte(at: failure.offset) == UInt8(ascii: ",") else { return nil }
    let found = string(character(at: failure.offset))
    return advice("this `\(found)` belongs to no bracket before it", at: character(at: failure.offset))
  }

  private func strayFlowColon() -> SyntaxAdvice {
    advice(
      "a `:` in brackets needs a space behind it", at: character(at: failure.offset),
      help: "write `: `, or quote the text")
  }

  private func wrongBracket(_ opening: Int) -> SyntaxAdvice {
    let open = character(at: opening)
    let found = string(character(at: failure.offset))
    let expected = string(open) == "[" ? "]" : "}"
    return advice(
      "this `\(found)` does not close `\(string(open))`", at: character(at: failure.offset),
      related: [Related(open, "`\(string(open))` opens here and wants `\(expected)`")])
  }

  private func unclosed(_ opening: Int) -> SyntaxAdvice {
    let open = character(at: opening)
    let expected = string(open) == "[" ? "]" : "}"
    let shape = LineShape(text, line: text.lineNumber(at: opening))
    var result = advice(
      "this `\(string(open))` is never closed", at: open,
      related: failure.offset < bytes.count ? [Related(character(at: failure.offset), "read up to here")] : [],
      help: "write `\(expected)` where it ends, perhaps at the end of the line",
      fix: openFlows.count <= 1 ? [Edit(ByteSpan(shape.contentEnd, shape.contentEnd), expected)] : nil)
    result.lines = result.lines.lowerBound...text.lineNumber(at: opening)
    return result
  }

  /// Whether a bracket opened on an earlier line ran into what looks like the next entry.
  private func isUnclosed(_ opening: Int) -> Bool {
    if failure.offset >= bytes.count { return true }
    let first = text.lineNumber(at: opening)
    guard first < line, LineShape(text, line: line).isEntry else { return false }
    guard text.indentation(ofLine: line) <= text.indentation(ofLine: first) else { return false }
    return !closesLater(after: line, indentedBy: text.indentation(ofLine: first))
  }

  /// Brackets that stay open for longer are forgotten ones.
  private static let mostLinesLookedAt = 1_000

  /// Whether a line that begins with a closing bracket ends the entries from `line` on.
  private func closesLater(after line: Int, indentedBy indentation: Int) -> Bool {
    var next = text.nextLine(after: line)
    let last = line.addingSaturated(Self.mostLinesLookedAt)
    while let candidate = next, candidate <= last, text.indentation(ofLine: candidate) >= indentation {
      if isClosingBracket(at: text.contentStart(ofLine: candidate)) { return true }
      next = text.nextLine(after: candidate)
    }
    return false
  }

  private func isClosingBracket(at offset: Int) -> Bool {
    byte(at: offset) == UInt8(ascii: "]") || byte(at: offset) == UInt8(ascii: "}")
  }
}
