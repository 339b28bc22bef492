/// The bytes that are parsed, with the entries that cannot be parsed blanked out.
///
/// A blanked entry keeps its bytes and its lines: each of its lines becomes a comment of the same length. A line of
/// blanks alone would not do, because a block scalar before it could take it for its own.
struct WorkingText {
  let source: SourceText
  private(set) var bytes: [UInt8]
  /// In the order in which they were blanked.
  private(set) var blanked: [ByteSpan] = []

  init(_ source: SourceText, readable: [UInt8]) {
    self.source = source
    bytes = readable
  }

  /// Blanks lines `lines`, numbered from 1. Whether anything was there to blank.
  mutating func blank(_ lines: ClosedRange<Int>) -> Bool {
    guard lines.contains(where: { !isBlank($0) }) else { return false }
    let span = ByteSpan(source.lineSpan(lines.lowerBound).start, source.lineSpan(lines.upperBound).end)
    for line in lines { blankLine(line) }
    blanked.append(span)
    return true
  }

  private mutating func blankLine(_ line: Int) {
    let span = source.lineSpan(line)
    for offset in span.start..<span.end {
      bytes[offset] = offset == span.start ? UInt8(ascii: "#") : UInt8(ascii: " ")
    }
  }
}

extension WorkingText {
  var lineCount: Int { source.lineCount }

  /// The bytes of a line, numbered from 1, without its line end.
  func line(_ number: Int) -> ArraySlice<UInt8> {
    let span = source.lineSpan(number)
    return bytes[span.start..<span.end]
  }

  func lineNumber(at offset: Int) -> Int { source.lineNumber(at: offset) }

  /// Where the first character of a line stands that is no blank; the line's end when there is none.
  func contentStart(ofLine number: Int) -> Int {
    let line = line(number)
    return line.firstIndex { !$0.isBlank } ?? line.endIndex
  }

  /// How many blanks a line begins with. Tabs count as one: they are never legal there.
  func indentation(ofLine number: Int) -> Int {
    contentStart(ofLine: number) - line(number).startIndex
  }

  /// Whether a line has neither text nor anything but a comment.
  func isBlank(_ number: Int) -> Bool {
    guard let first = line(number).first(where: { !$0.isBlank }) else { return true }
    return first == UInt8(ascii: "#")
  }

  /// The nearest line before `number` that is not blank.
  func previousLine(before number: Int) -> Int? {
    var line = number - 1
    while line >= 1 {
      if !isBlank(line) { return line }
      line -= 1
    }
    return nil
  }

  /// The nearest line behind `number` that is not blank.
  func nextLine(after number: Int) -> Int? {
    var line = number + 1
    while line <= lineCount {
      if !isBlank(line) { return line }
      line += 1
    }
    return nil
  }

  /// Whether a line begins an entry of a list.
  func isListEntry(_ number: Int) -> Bool {
    let start = contentStart(ofLine: number)
    guard start < bytes.count, bytes[start] == UInt8(ascii: "-") else { return false }
    return start + 1 >= bytes.count || bytes[start + 1].isBlankOrLineEnd
  }

  /// Whether a line is `---` or `...`, alone or with something behind it.
  func isDocumentMarker(_ number: Int) -> Bool {
    let line = line(number)
    guard line.starts(with: Array("---".utf8)) || line.starts(with: Array("...".utf8)) else { return false }
    let after = line.startIndex + 3
    return after >= line.endIndex || line[after].isBlank
  }
}
