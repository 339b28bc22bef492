import LocatedYAML
import Testing

@Suite("Limits")
struct LimitTests {
  private func eventCount(_ text: String, limits: LoadLimits = .standard) -> (events: Int, kinds: [Problem.Kind]) {
    var loading = Loading(SourceText(path: "f", bytes: Array(text.utf8)), limits: limits)
    let document = loading.run()
    #expect(document.root == nil)
    return (loading.eventCount, document.problems.map(\.kind))
  }

  @Test("forty thousand brackets end at the sixty-fifth", arguments: ["[", "{a: ", "- ", "a:\n- "])
  func brackets(opening: String) {
    let text =
      opening.contains("\n")
      ? (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
      : String(repeating: opening, count: 40_000)
    let (events, kinds) = eventCount(text)
    #expect(kinds == [.limit])
    #expect(events < 200)
  }

  @Test("the depth is the last one allowed, and a second document has the same limit")
  func exactDepth() {
    func nested(_ depth: Int) -> String {
      "a: " + String(repeating: "[", count: depth - 1) + "1" + String(repeating: "]", count: depth - 1) + "\n"
    }
    #expect(load(nested(64)).problems.isEmpty)
    #expect(load(nested(65)).problems.map(\.kind) == [.limit])
    #expect(load(nested(65)).problems[0].message.contains("64"))
    #expect(load("a: 1\n---\n" + nested(65)).problems.map(\.kind).contains(.limit))
  }

  @Test("aliases count with all they stand for: a billion laughs end at the alias that is too much")
  func billionLaughs() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...8 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let (events, kinds) = eventCount(text)
    #expect(kinds == [.limit])
    #expect(events < 100)
    let document = load(text)
    #expect(document.place(document.problems[0].span).hasSuffix("*a3"))
  }

  @Test("without a limit on nodes the count stays at its maximum instead of overflowing")
  func saturation() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...40 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(load(text, limits: .unlimitedSize).problems.map(\.kind) == [.anchorUnused])
  }

  @Test("depth counts through aliases")
  func depthThroughAliases() {
    var text = "a0: &a0 [x]\n"
    for level in 1...70 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    #expect(kinds(text).contains(.limit))
  }

  @Test("nodes, file, value and key each have a limit that the message names")
  func others() {
    let list = "a: [" + Array(repeating: "1", count: 9_997).joined(separator: ",") + "]"
    #expect(kinds(list).isEmpty)
    #expect(load(list + "\nb: 1").problems[0].message.contains("10000 nodes"))
    #expect(load("a: 12345\n", limits: LoadLimits(bytes: 5)).problems[0].message.contains("at most") == false)
    #expect(load("a: 12345\n", limits: LoadLimits(bytes: 5)).problems.map(\.kind) == [.limit])
    let value = load("a: \(String(repeating: "x", count: 65_537))\nb: 1\n")
    #expect(value.problems.map(\.kind) == [.limit] && value.root?.value("b") != nil)
    #expect(load("a: \(String(repeating: "x", count: 65_536))\n").problems.isEmpty)
    #expect(kinds("\(String(repeating: "k", count: 257)): 1\n") == [.limit])
    #expect(kinds("\(String(repeating: "k", count: 256)): 1\n").isEmpty)
  }
}
