import LocatedYAML
import Testing

@Suite("Positions in a file")
struct SourceTextTests {
  private func source(_ text: String) -> SourceText { SourceText(path: "f", bytes: Array(text.utf8)) }

  @Test("LF, CRLF and a lone CR end lines; NEL, LS and PS do not")
  func lineEnds() {
    let text = source("a\r\nb\rc\nd\u{85}e\u{2028}f\u{2029}g")
    #expect(text.lineCount == 4)
    #expect((1...4).map(text.line) == ["a", "b", "c", "d\u{85}e\u{2028}f\u{2029}g"])
    #expect(text.position(of: 3) == SourcePosition(line: 2, column: 1))
    #expect(text.position(of: 5) == SourcePosition(line: 3, column: 1))
  }

  @Test("columns count Unicode scalars")
  func columns() {
    let text = source("é😀x")
    #expect(text.position(of: 2) == SourcePosition(line: 1, column: 2))
    #expect(text.position(of: 6) == SourcePosition(line: 1, column: 3))
  }

  @Test("any offset and any line number is legal")
  func outside() {
    let text = source("a\nb")
    #expect(text.position(of: -5) == SourcePosition(line: 1, column: 1))
    #expect(text.position(of: 99) == SourcePosition(line: 2, column: 2))
    #expect(text.line(0) == "" && text.line(3) == "" && text.line(-1) == "")
    #expect(text.text(ByteSpan(2, 99)) == "b")
    #expect(source("").position(of: 0) == SourcePosition(line: 1, column: 1))
    #expect(source("").lineCount == 1)
  }

  @Test("a byte order mark belongs to no column")
  func byteOrderMark() {
    let text = source("\u{FEFF}a: 1")
    #expect(text.position(of: 3) == SourcePosition(line: 1, column: 1))
    #expect(text.line(1) == "a: 1")
    #expect(load("\u{FEFF}a: 1\n").root?.value("a")?.text == "1")
    #expect(load("\u{FEFF}a: 1\n").problems.isEmpty)
  }

  @Test("bytes that are no UTF-8 show as U+FFFD")
  func badBytes() {
    let text = SourceText(path: "f", bytes: [0x61, 0xE9, 0x62])
    #expect(text.line(1) == "a\u{FFFD}b")
    #expect(text.position(of: 2) == SourcePosition(line: 1, column: 3))
  }

  @Test("a span's end is never before its start")
  func spans() {
    #expect(ByteSpan(5, 3).end == 5)
    #expect(ByteSpan(-1, 2).start == 0)
  }
}
