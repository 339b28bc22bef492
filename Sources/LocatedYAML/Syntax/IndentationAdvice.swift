extension SyntaxScene {
  /// Lines that belong to no entry around them.
  func indentationAdvice() -> SyntaxAdvice? {
    switch failure.problem {
    case "did not find expected key", "did not find expected '-' indicator",
      "did not find expected <document start>":
      isFirstOnLine ? unmatchedLine() : trailingText()
    case "block sequence entries are not allowed in this context":
      advice(
        "a list cannot begin on the line of its key", at: character(at: failure.offset),
        help: "put each `- ` on a line of its own, or write `[…]`")
    case "mapping keys are not allowed in this context":
      advice("a `? ` cannot stand here", at: character(at: failure.offset), help: "write `key: value`")
    default:
      nil
    }
  }

  private var isFirstOnLine: Bool { failure.offset <= text.contentStart(ofLine: line) }

  private func trailingText() -> SyntaxAdvice? {
    guard !text.isDocumentMarker(line) else { return nil }
    let shape = LineShape(text, line: line)
    let rest = ByteSpan(failure.offset, max(failure.offset, shape.contentEnd)).clamped(to: bytes.count)
    guard !rest.isEmpty else { return nil }
    return advice(
      "`\(shortened(string(rest)))` stands behind a value that has ended", at: rest,
      help: "remove it, or quote the whole value")
  }

  private func unmatchedLine() -> SyntaxAdvice? {
    let found = text.indentation(ofLine: line)
    let candidates = indentationsAround(line)
    let content = LineShape(text, line: line).content
    if byte(at: failure.offset) == UInt8(ascii: ":") {
      return advice("a key is missing before this `:`", at: character(at: failure.offset), help: "write `key: value`")
    }
    if candidates.contains(found) { return wrongKindOfEntry(content) }
    guard !candidates.isEmpty else { return nil }
    let expected = candidates.map(String.init).joined(separator: " or ")
    let nearest = candidates.min { abs($0 - found) < abs($1 - found) } ?? 0
    let start = text.line(line).startIndex
    return advice(
      "this line is indented by \(found), expected \(expected)",
      at: content.isEmpty ? character(at: failure.offset) : content,
      help: "lines of one map or list begin in the same column",
      fix: candidates.count == 1
        ? [Edit(ByteSpan(start, start + found), String(repeating: " ", count: nearest))] : nil)
  }

  /// The right column, but a key among list entries or a list entry among keys.
  private func wrongKindOfEntry(_ content: ByteSpan) -> SyntaxAdvice? {
    guard !content.isEmpty else { return nil }
    if text.isListEntry(line) {
      return advice(
        "a list entry stands among the keys of a map", at: content, help: "indent it below its key, or make it a key")
    }
    if failure.problem == "did not find expected '-' indicator" {
      return advice(
        "this stands among the entries of a list and does not begin with `- `", at: content,
        help: "begin it with `- `, or indent it like the entry it belongs to")
    }
    return nil
  }

  /// The columns in which the entries around `line` begin, the innermost ones last.
  private func indentationsAround(_ line: Int) -> [Int] {
    var columns: Set<Int> = []
    var least = Int.max
    var previous = text.previousLine(before: line)
    while let candidate = previous, least > 0, !text.isDocumentMarker(candidate) {
      let indentation = text.indentation(ofLine: candidate)
      if indentation < least {
        least = indentation
        columns.insert(indentation)
        let inner = LineShape(text, line: candidate).contentStart - text.line(candidate).startIndex
        if inner != indentation { columns.insert(inner) }
      }
      previous = text.previousLine(before: candidate)
    }
    return columns.sorted()
  }
}
