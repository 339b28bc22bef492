import LocatedYAML
import PolicyLanguage
import Testing

@testable import PolicyAnalysis

@Suite("The report for people")
struct HumanReportTests {
  @Test("shows place, lines in order, carets, notes, witness and help")
  func wholeFinding() {
    let file = SampleText(
      """
      version: 1


      pipelines:



        # nine
        read: [{deadline: 2s}, {retry: standard}, {timeout: 500ms}]


      retries:

        standard: {attempts: 5, backoff: {initial: 400ms, factor: 2, max: 10s, jitter: none}}

      """, path: "policies/users.yaml")
    let finding = Finding(
      Diagnostic(
        .sample, "attempts 4 and 5 of retry `standard` can never start in operation `users.get`",
        at: file.place(of: "5,").shrunk(by: 1),
        related: [
          Diagnostic.Related(file.place(of: "5,").shrunk(by: 1), "at most 3 of 5 can start"),
          Diagnostic.Related(file.place(of: "2s"), "the deadline ends every call at 2 s"),
        ],
        help: "`attempts: 3` is the same in every simulated trace",
        witness: [
          WitnessLine(at: "0 ms", "attempt 1 fails"), WitnessLine(at: "400 ms", "attempt 2 fails"),
          WitnessLine(at: "1.2 s", "attempt 3 fails; the call ends here"),
        ]),
      environments: ["staging", "production"], witnessKind: .fastestFailure)
    #expect(
      report(finding).human(ReportOptions()) == """
        error[RP402] unreachable-attempts: attempts 4 and 5 of retry `standard` can never start in operation `users.get`
          --> policies/users.yaml:14:24
           |
         9 |   read: [{deadline: 2s}, {retry: standard}, {timeout: 500ms}]
           |                     -- the deadline ends every call at 2 s
        14 |   standard: {attempts: 5, backoff: {initial: 400ms, factor: 2, max: 10s, jitter: none}}
           |                        ^ at most 3 of 5 can start
           = note: in environments `staging` and `production`
           = witness, the fastest failure there is
               0 ms      attempt 1 fails
               400 ms    attempt 2 fails
               1.2 s     attempt 3 fails; the call ends here
           = help: `attempts: 3` is the same in every simulated trace

        """)
  }

  @Test("names other files on lines of their own")
  func otherFile() {
    let file = SampleText("a: 1\n", path: "one.yaml")
    let other = SampleText("x: 1\nb: 22\n", path: "two.yaml")
    let finding = Finding(
      Diagnostic(
        .sample, "m", at: file.place(of: "1"), related: [Diagnostic.Related(other.place(of: "22"), "there")]))
    #expect(
      report(finding).human(ReportOptions()) == """
        error[RP402] unreachable-attempts: m
         --> one.yaml:1:4
          |
        1 | a: 1
          |    ^
         ::: two.yaml:2:4
          |
        2 | b: 22
          |    -- there

        """)
  }

  @Test("keeps carets under tabs and wide characters")
  func alignment() {
    #expect(underlined("a:\t漢字e\u{301}x", "x") == ["1 | a:  漢字e\u{301}x", "  |          ^"])
    #expect(underlined("a: 😀b", "😀") == ["1 | a: 😀b", "  |    ^^"])
  }

  @Test("writes invisible characters out")
  func invisible() {
    #expect(underlined("a: x\u{202E}y", "y") == ["1 | a: x<U+202E>y", "  |             ^"])
    #expect(underlined("a: \u{1B}[31m", "\u{1B}") == ["1 | a: <U+001B>[31m", "  |    ^^^^^^^^"])
    #expect("m\u{7}\u{200B}\n".visible == "m<U+0007><U+200B><U+000A>")
  }

  @Test("cuts a long line around the place")
  func longLine() {
    let line = String(repeating: "k", count: 300) + "X" + String(repeating: "l", count: 300)
    let rows = underlined(line, "X", width: 60)
    #expect(rows.count == 2)
    #expect(rows.allSatisfy { $0.count <= 60 })
    #expect(rows[0].contains("…k") && rows[0].hasSuffix("l…"))
    let column = rows[0].firstIndex(of: "X").map { rows[0].distance(from: rows[0].startIndex, to: $0) }
    let caret = rows[1].firstIndex(of: "^").map { rows[1].distance(from: rows[1].startIndex, to: $0) }
    #expect(column == caret)
  }

  @Test("shows a line again for a place too far away")
  func twoWindows() {
    let file = SampleText("A" + String(repeating: "k", count: 300) + "X\n")
    let finding = Finding(
      Diagnostic(
        .sample, "m", at: file.place(of: "X"), related: [Diagnostic.Related(file.place(of: "A"), "far")]))
    var options = ReportOptions()
    options.width = 60
    let rows = report(finding).human(options).split(separator: "\n")
    #expect(rows.filter { $0.hasPrefix("1 |") }.count == 2)
    #expect(rows.last == "  | - far")
  }

  @Test("points behind the last character, and at the first line of several")
  func edges() {
    #expect(underlined("abc", "", at: 3) == ["1 | abc", "  |    ^"])
    #expect(underlined("ab\ncd", "b\nc") == ["1 | ab", "  |  ^"])
  }

  @Test("is plain unless colour is asked for")
  func colour() {
    let file = SampleText("a: 1\n")
    let finding = Finding(Diagnostic(.sample, "m", at: file.place(of: "1")))
    #expect(!report(finding).human(ReportOptions()).contains("\u{1B}"))
    var options = ReportOptions()
    options.palette = .coloured
    #expect(report(finding).human(options).contains("\u{1B}[1;31merror[RP402]\u{1B}[0m"))
  }

  private func underlined(_ text: String, _ needle: String, at offset: Int? = nil, width: Int = 120) -> [String] {
    let file = SampleText(text)
    let place = offset.map { Location(source: file.source, span: ByteSpan($0, $0)) } ?? file.place(of: needle)
    var options = ReportOptions()
    options.width = width
    let rows = report(Finding(Diagnostic(.sample, "m", at: place))).human(options).split(separator: "\n")
    return rows.dropFirst(3).map(String.init)
  }
}

extension Location {
  fileprivate func shrunk(by count: Int) -> Location {
    Location(source: source, span: ByteSpan(span.start, span.end - count))
  }
}
