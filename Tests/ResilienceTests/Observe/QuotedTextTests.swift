import ResilienceCore
import Testing

@testable import Resilience

@Suite struct QuotedTextTests {
  @Test(arguments: [
    ("database", "database"), ("", "\"\""), ("two words", "\"two words\""), ("a=b", "\"a=b\""),
    ("say \"no\"", #""say \"no\"""#), (#"C:\temp"#, #""C:\\temp""#), ("one\ntwo\ttabs\r", #""one\ntwo\ttabs\r""#),
    ("\u{1B}[31mred", #""\u001b[31mred""#), ("zürich", "zürich"), ("🦊", "🦊"), ("\u{2028}", #""\u2028""#),
    ("\u{202E}gnp", #""\u202egnp""#), ("\u{85}", #""\u0085""#), ("\u{E0001}", #""\udb40\udc01""#),
    ("\u{A0}", #""\u00a0""#), ("policies.yaml:14", "policies.yaml:14"),
  ])
  func textsAreQuotedWhenTheyMustBe(text: String, written: String) {
    #expect(QuotedText.logfmt(text) == written)
  }

  @Test("A reader gets back every text that was written, in both formats", arguments: 0..<20 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    let chance = Chance(seed: seed)
    for round in 0..<200 {
      let texts = (0..<3).map { _ in randomText(chance) }
      let fields = texts.enumerated().map { EventField(name: "f\($0.offset)", .text($0.element)) }
      let names = fields.map(\.name)
      let logfmt = EventLog.Format.logfmt.line(fields)
      var pairs = LineReader(logfmt)
      try #require(pairs.logfmt().map(\.name) == names, "seed \(seed), round \(round): \(logfmt)")
      pairs = LineReader(logfmt)
      try #require(pairs.logfmt().map(\.value) == texts, "seed \(seed), round \(round): \(logfmt)")
      let json = EventLog.Format.json.line(fields)
      var object = LineReader(json)
      try #require(object.json().map(\.value) == texts, "seed \(seed), round \(round): \(json)")
      for line in [logfmt, json] { try #require(line.split(separator: "\n").count == 1) }
    }
  }

  /// Mostly what makes trouble.
  private func randomText(_ chance: Chance) -> String {
    let trouble: [Unicode.Scalar] = [
      "\"", "\\", " ", "=", "\n", "\r", "\t", "\u{0}", "\u{1B}", "\u{7F}", "\u{2029}", "n", "u", ",",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<chance.draw(0...12) {
      if chance.happens(.percent(60)) {
        text.append(trouble[Int(chance.draw(0...UInt64(trouble.count - 1)))])
      } else if let scalar = Unicode.Scalar(UInt32(chance.draw(0...0x10FFFF))) {
        text.append(scalar)
      }
    }
    return String(text)
  }
}

/// The smallest reader of the two formats: what it gets back is what a collector gets.
private struct LineReader {
  private var rest: Substring.UnicodeScalarView

  init(_ line: String) { rest = line.unicodeScalars.dropLast() }

  mutating func logfmt() -> [(name: String, value: String)] {
    var pairs: [(String, String)] = []
    while !rest.isEmpty {
      let name = take { $0 != "=" }
      _ = rest.popFirst()
      pairs.append((name, rest.first == "\"" ? string() : take { $0 != " " }))
      if rest.first == " " { _ = rest.popFirst() }
    }
    return pairs
  }

  mutating func json() -> [(name: String, value: String)] {
    var pairs: [(String, String)] = []
    while let mark = rest.popFirst(), mark == "{" || mark == "," {
      let name = string()
      _ = rest.popFirst()
      pairs.append((name, string()))
    }
    return pairs
  }

  private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
    var text = String.UnicodeScalarView()
    while let next = rest.first, condition(next) {
      text.append(next)
      _ = rest.popFirst()
    }
    return String(text)
  }

  private mutating func string() -> String {
    _ = rest.popFirst()
    var units: [UInt16] = []
    while let next = rest.popFirst(), next != "\"" {
      if next == "\\", let mark = rest.popFirst() {
        units += escaped(mark)
      } else {
        units += Array(UTF16.encode(next) ?? UTF16.encodedReplacementCharacter)
      }
    }
    return String(decoding: units, as: UTF16.self)
  }

  private mutating func escaped(_ mark: Unicode.Scalar) -> [UInt16] {
    switch mark {
    case "n": return [10]
    case "r": return [13]
    case "t": return [9]
    case "u":
      let digits = String(String.UnicodeScalarView(rest.prefix(4)))
      rest = rest.dropFirst(4)
      return UInt16(digits, radix: 16).map { [$0] } ?? []
    default: return Array(UTF16.encode(mark) ?? UTF16.encodedReplacementCharacter)
    }
  }
}
