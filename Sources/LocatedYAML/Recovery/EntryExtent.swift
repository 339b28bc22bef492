/// How far the entry of a map or a list reaches, by indentation alone.
///
/// The parser is of no use here: it has given up somewhere in the entry.
extension WorkingText {
  /// The lines of the smallest entry that begins in `line`: the line itself, everything indented deeper, a list at the
  /// same indentation, and a closing bracket left over at the end.
  func entry(at line: Int) -> ClosedRange<Int> {
    let indentation = indentation(ofLine: line)
    var last = line
    var next = nextLine(after: line)
    while let candidate = next, belongs(candidate, toEntryAt: line, indentedBy: indentation) {
      last = candidate
      next = nextLine(after: candidate)
    }
    return line...last
  }

  /// The entry around the one that begins in `line`; `nil` at the outermost level.
  func entry(around line: Int) -> ClosedRange<Int>? {
    let indentation = indentation(ofLine: line)
    var previous = previousLine(before: line)
    while let candidate = previous {
      if isDocumentMarker(candidate) { return nil }
      let difference = self.indentation(ofLine: candidate) - indentation
      if difference < 0 || (difference == 0 && isListEntry(line) && !isListEntry(candidate)) {
        return candidate...max(line, entry(at: candidate).upperBound)
      }
      previous = previousLine(before: candidate)
    }
    return nil
  }

  private func belongs(_ line: Int, toEntryAt first: Int, indentedBy indentation: Int) -> Bool {
    if isDocumentMarker(line) { return false }
    let own = self.indentation(ofLine: line)
    if own > indentation { return true }
    guard own == indentation else { return false }
    return beginsWithClosingBracket(line) || isListEntry(line) && !isListEntry(first)
  }

  private func beginsWithClosingBracket(_ line: Int) -> Bool {
    let start = contentStart(ofLine: line)
    return start < bytes.count && (bytes[start] == UInt8(ascii: "]") || bytes[start] == UInt8(ascii: "}"))
  }
}
