import LocatedYAML
import Testing

@Suite("Characters")
struct CharacterTests {
  @Test("every bad byte is found, with its hex, and the rest is still read")
  func badBytes() throws {
    let document = load(
      Array("a: caf".utf8) + [0xE9] + Array("\nb: 1\nc: x".utf8) + [0xC3, 0x28, 0xED, 0xA0, 0x80, 0x0A])
    #expect(document.problems.map(\.kind) == Array(repeating: .notUTF8, count: 5))
    #expect(document.problems[0].message.contains("0xE9"))
    #expect(
      document.problems[0].notes.joined().contains("Latin-1") && document.problems[0].notes.joined().contains("é"))
    #expect(document.source.position(of: document.problems[1].span.start) == SourcePosition(line: 3, column: 5))
    #expect(document.root?.value("b")?.text == "1")
  }

  @Test(
    "overlong forms, surrogates and values above U+10FFFF are bad bytes",
    arguments: [
      ([0xC0, 0xAF], 2), ([0xE0, 0x80, 0xAF], 3), ([0xF4, 0x90, 0x80, 0x80], 4), ([0xF0, 0x9F, 0x98], 1), ([0xFF], 1),
    ] as [([UInt8], Int)])
  func malformed(bytes: [UInt8], count: Int) {
    let document = load(Array("a: x".utf8) + bytes + Array("\n".utf8))
    #expect(document.problems.map(\.kind) == Array(repeating: .notUTF8, count: count))
  }

  @Test("a file full of bad bytes is described once for each of the first hundred")
  func many() throws {
    let document = load(Array("a: ".utf8) + Array(repeating: 0xFF, count: 5_000))
    #expect(document.problems.count == 100)
    #expect(try #require(document.problems.last).notes.contains("and 4900 more characters and bytes like these"))
  }

  @Test(
    "control, invisible and direction-changing characters are errors",
    arguments: [
      ("\u{07}", "U+0007"), ("\u{00}", "U+0000"), ("\u{7F}", "U+007F"), ("\u{9B}", "U+009B"), ("\u{85}", "U+0085"),
      ("\u{2028}", "U+2028"), ("\u{200B}", "U+200B"), ("\u{202E}", "U+202E"), ("\u{2066}", "U+2066"),
      ("\u{FEFF}", "U+FEFF"),
      ("\u{AD}", "U+00AD"), ("\u{E0041}", "U+E0041"), ("\u{FFFE}", "U+FFFE"),
    ])
  func forbidden(character: String, name: String) throws {
    for text in ["a: x\(character)y\nb: 1\n", "a: 1 # x\(character)y\nb: 1\n", "a: 'x\(character)y'\nb: 1\n"] {
      let document = load(text)
      #expect(document.problems.map(\.kind) == [.forbiddenCharacter])
      let problem = try #require(document.problems.first)
      #expect(problem.message.contains(name))
      #expect(document.source.position(of: problem.span.start).line == 1)
      #expect(document.root?.value("b")?.text == "1")
      #expect(load(document.applying(try #require(problem.fix))).problems.isEmpty)
    }
  }

  @Test("a no-break space is an error in plain text, and nothing in quotes and comments")
  func noBreakSpace() {
    #expect(kinds("a: 5\u{A0}s\n") == [.forbiddenCharacter])
    #expect(kinds("a: '5\u{A0}s' # 5\u{A0}s\n").isEmpty)
  }

  @Test("letters of any script and emoji are fine")
  func letters() { #expect(kinds("größe: 日本語 ⚠️ 😀\n").isEmpty) }

  @Test(
    "UTF-16 and UTF-32 are recognised, with and without a byte order mark",
    arguments: [
      ([0xFF, 0xFE, 0x61, 0x00], "UTF-16LE"), ([0xFE, 0xFF, 0x00, 0x61], "UTF-16BE"),
      ([0x61, 0x00, 0x3A, 0x00], "UTF-16LE"),
      ([0x00, 0x61, 0x00, 0x3A], "UTF-16BE"), ([0xFF, 0xFE, 0x00, 0x00], "UTF-32LE"),
      ([0x00, 0x00, 0xFE, 0xFF], "UTF-32BE"),
      ([0x61, 0x00, 0x00, 0x00], "UTF-32LE"), ([0x00, 0x00, 0x00, 0x61], "UTF-32BE"),
    ] as [([UInt8], String)])
  func otherEncodings(bytes: [UInt8], name: String) {
    let document = load(bytes)
    #expect(document.problems.map(\.kind) == [.otherEncoding])
    #expect(document.problems.first?.message.contains(name) == true)
    #expect(document.root == nil)
  }

  @Test("mixed line ends are reported once, with a fix that makes them alike")
  func lineEnds() throws {
    let document = load("a: 1\r\nb: 2\nc: 3\r\n")
    #expect(document.problems.map(\.kind) == [.mixedLineEnds])
    #expect(document.source.position(of: document.problems[0].span.start) == SourcePosition(line: 2, column: 5))
    #expect(document.applying(try #require(document.problems[0].fix)) == "a: 1\r\nb: 2\r\nc: 3\r\n")
    #expect(kinds("a: 1\r\nb: 2\r\n").isEmpty && kinds("a: 1\rb: 2\r").isEmpty)
  }
}
