import LocatedYAML
import Testing

@Suite("Syntax errors as advice")
struct AdviceTests {
  /// A mistake, where it is seen, a part of what is said, and the text after the fix.
  struct Mistake: CustomTestStringConvertible {
    let text: String
    let place: String
    let words: String
    let fixed: String?

    init(_ text: String, _ place: String, _ words: String, fixed: String? = nil) {
      self.text = text
      self.place = place
      self.words = words
      self.fixed = fixed
    }

    var testDescription: String { text }
  }

  static let colons = [
    Mistake("max:3\n  base: 1s\n", "1:4 :", "space is missing"),
    Mistake("a: 1\nmax:3\nb: 2\n", "2:4 :", "space is missing", fixed: "a: 1\nmax: 3\nb: 2\n"),
    Mistake("a:\n  b:{c: 1}\n", "2:4 :", "space is missing", fixed: "a:\n  b: {c: 1}\n"),
    Mistake("a: error: bad\n", "1:9 :", "second `:`", fixed: "a: \"error: bad\"\n"),
    Mistake("a: 1\n  b: 2\n", "2:3 b", "continues the value of `a`", fixed: "a: 1\nb: 2\n"),
    Mistake("a: 1\nword\nb: 2\n", "2:1 word", "`word` has no `:`"),
    Mistake("wait=5s\nb: 1\n", "1:5 =", "not with `=`", fixed: "wait: 5s\nb: 1\n"),
    Mistake(
      "\(String(repeating: "k", count: 1_030)): 1\n", "1:1 \(String(repeating: "k", count: 1_030))", "longer than 1024"),
    Mistake(": v\n", "1:1 :", "key is missing"),
    Mistake("{a: 1, n:, b: 2}\n", "1:9 :", "space behind it"),
  ]

  static let quotesAndBrackets = [
    Mistake("a: \"x\nb: 3\n", "1:4 \"", "never closed", fixed: "a: \"x\"\nb: 3\n"),
    Mistake("a: 'x\nb: 'y'\nc: 1\n", "1:4 '", "never closed", fixed: "a: 'x'\nb: 'y'\nc: 1\n"),
    Mistake("a: \"x\nb: y\"\n", "1:4 \"", "never closed"),
    Mistake("a: \"x\n y\n\"\nb: 1\n", "3:1 \"", "not indented deeper"),
    Mistake("a: \"\\d\"\n", "1:5 \\d", "no escape", fixed: "a: \"\\\\d\"\n"),
    Mistake("a: \"\\ud83d\\ude00\"\n", "1:5 \\ud83d", "no Unicode character"),
    Mistake("a: \"\\xg\"\n", "1:5 \\xg", "lacks hexadecimal"),
    Mistake("a: [1, 2\nb: 3\n", "1:4 [", "never closed", fixed: "a: [1, 2]\nb: 3\n"),
    Mistake("a: {x: 1\nb: 3\n", "1:4 {", "never closed", fixed: "a: {x: 1}\nb: 3\n"),
    Mistake("a: {\n  b: 1\n  c: 2\n}\n", "3:4 :", "`,` is missing"),
    Mistake("a: {x: ]}\n", "1:8 ]", "does not close `{`"),
    Mistake("a: [1}\n", "1:6 }", "does not close `[`"),
    Mistake("a: [1, , 2]\n", "1:8 ,", "nothing stands before"),
    Mistake("a: ]\n", "1:4 ]", "belongs to no bracket"),
    Mistake("a: [1] junk\n", "1:8 junk", "stands behind a value"),
    Mistake("a: \"x\" y\n", "1:8 y", "stands behind a value"),
    Mistake("a: [-]\n", "1:5 -", "stands for nothing"),
  ]

  static let firstCharacters = [
    Mistake("a: %50\n", "1:4 %50", "cannot begin with `%`", fixed: "a: 50%\n"),
    Mistake("a: @x\n", "1:4 @x", "cannot begin with `@`", fixed: "a: \"@x\"\n"),
    Mistake("a: `x`\n", "1:4 `x`", "cannot begin with a backtick", fixed: "a: \"`x`\"\n"),
    Mistake("a: *.yaml\n", "1:4 *.yaml", "alias", fixed: "a: \"*.yaml\"\n"),
    Mistake("*.x: 1\n", "1:1 *.x", "alias", fixed: "\"*.x\": 1\n"),
    Mistake("a: [*.x, y]\n", "1:5 *.x", "alias", fixed: "a: [\"*.x\", y]\n"),
    Mistake("a: & x\n", "1:4 & x", "anchor", fixed: "a: \"& x\"\n"),
    Mistake("a: >5s\n", "1:4 >5s", "several lines", fixed: "a: \">5s\"\n"),
    Mistake("a: |0\n  x\n", "1:5 0", "1 to 9"),
    Mistake("a: !e!x y\n", "1:4 !e!x", "handle"),
    Mistake("a: {{ x }}\n", "1:4 {{ x }}", "template"),
    Mistake("a: {{ x }} y\n", "1:4 {{ x }}", "template"),
    Mistake("{% if x %}\na: 1\n", "1:1 {% if x %}", "template"),
  ]

  static let layout = [
    Mistake("a:\n\tb: 1\n\tc: 2\n", "2:1 \t", "2 lines are indented with tabs", fixed: "a:\n  b: 1\n  c: 2\n"),
    Mistake("-\ta: 1\n", "1:2 \t", "only spaces", fixed: "- a: 1\n"),
    Mistake("a:\n  b: 1\n c: 2\n", "3:2 c: 2", "indented by 1, expected 0 or 2"),
    Mistake("  a: 1\nb: 2\n", "2:1 b: 2", "expected 2", fixed: "  a: 1\n  b: 2\n"),
    Mistake("a:\n  - x\n  b: 1\n", "3:3 b: 1", "does not begin with `- `"),
    Mistake("a:\n  b: 1\n  - x\n", "3:5 x", "list entry stands among the keys"),
    Mistake("a: - b\n", "1:4 -", "line of its key"),
    Mistake("a: ? b\n", "1:4 ?", "`? ` cannot"),
    Mistake("a: 1\n... junk\n", "2:5 junk", "end of the document"),
    Mistake("%FOO x\n---\na: 1\n", "1:1 %FOO x", "directive"),
    Mistake("%YAML 1.3\n---\na: 1\n", "1:1 %YAML 1.3", "1.1 and 1.2"),
  ]

  @Test(
    "a mistake is reported where it was made, in words that help",
    arguments: colons + quotesAndBrackets + firstCharacters + layout)
  func advice(_ mistake: Mistake) throws {
    let document = load(mistake.text)
    let problem = try #require(document.problems.first { $0.kind == .syntax })
    #expect(document.place(problem.span) == mistake.place)
    #expect(problem.message.contains(mistake.words))
    #expect(document.problems.count { $0.kind == .syntax } == 1)
    if let fixed = mistake.fixed { #expect(document.applying(try #require(problem.fix)) == fixed) }
  }

  @Test(
    "the parser's own words are never shown for a known mistake",
    arguments: colons + quotesAndBrackets + firstCharacters + layout)
  func reworded(_ mistake: Mistake) {
    #expect(!load(mistake.text).problems.contains { $0.message.contains("YAML parser") })
  }
}
