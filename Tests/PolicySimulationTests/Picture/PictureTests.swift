import LocatedYAML
import PolicyLanguage
import Testing

@testable import PolicySimulation

@Suite("The picture")
struct PictureTests {
  private func picture(_ upstream: String, name: String = "b") throws -> String {
    let document = try PolicyDocument.layers(
      "[{retry: {attempts: 2, backoff: 10ms}}, {breaker: \(name)}]",
      besides: "breakers: {\(name): {failures: 3, open: 2s}}\n")
    let model = try UpstreamModel(parsing: upstream)
    let load = SteadyLoad(calls: 2_000, every: 10_000_000)
    let recording = Simulation(of: "op", in: document, .steady(load, model)).run()
    return Picture(recording, of: "op", phases: model.phases).text
  }

  @Test("Says in words what it shows, for those who cannot see it")
  func words() throws {
    let text = try picture("ok=20ms@5s,fail=5ms@5s,ok=20ms")
    for part in [
      "role=\"img\"", "<title id=\"title\">op: 2,000 calls in", "<desc id=\"desc\">Calls a second by how they ended:",
      "Breaker b: closed for", "prefers-color-scheme:dark", "class=\"open\"", "fail=5ms from 5 s on",
    ] { #expect(text.contains(part), "\(part)") }
    #expect(text == (try picture("ok=20ms@5s,fail=5ms@5s,ok=20ms")))
  }

  @Test("Every element is closed, and no attribute is broken by a name")
  func wellFormed() throws {
    let text = try picture(
      "ok=20ms@5s,p50=5ms/p99=20ms/errors=50%", name: "a-very-long-name-of-a-breaker-that-somebody-chose")
    var open: [Substring] = []
    for part in text.split(separator: "<").dropFirst(text.hasPrefix("<") ? 0 : 1) {
      let tag = part.prefix { $0 != ">" }
      #expect(tag.count { $0 == "\"" } % 2 == 0, "\(tag)")
      if tag.hasPrefix("/") {
        #expect(open.popLast() == tag.dropFirst())
      } else if !tag.hasSuffix("/") {
        open.append(tag.prefix { $0 != " " })
      }
    }
    #expect(open.isEmpty)
    #expect(SVGText.escaped("<a & \"b\">\u{1}") == "&lt;a &amp; &quot;b&quot;&gt;\u{FFFD}")
  }

  @Test("No two texts of a row overlap, and all stand inside")
  func overlap() throws {
    let text = try picture("ok=20ms@5s,fail=5ms@500ms,hang@500ms,fail=5ms@1s,p50=20ms/p99=200ms/errors=5%@7s,ok=1ms")
    var rows: [Int: [(from: Int, to: Int)]] = [:]
    for label in text.split(separator: "\n") where label.hasPrefix("<text") {
      func number(_ name: String) -> Int {
        guard let start = label.firstRange(of: " \(name)=\"")?.upperBound else { return 0 }
        return Int(label[start...].prefix { $0 != "\"" }) ?? 0
      }
      let words = label.split(separator: ">")[1].prefix { $0 != "<" }
      let width = label.contains("title") ? words.count * 10 : words.count * 7
      let x = number("x")
      let from =
        label.contains("anchor=\"end\"") ? x - width : label.contains("anchor=\"middle\"") ? x - width / 2 : x
      #expect(from >= 0 && from + width <= 960, "\(label)")
      rows[number("y"), default: []].append((from, from + width))
    }
    for (y, labels) in rows {
      let sorted = labels.sorted { $0.from < $1.from }
      for (left, right) in zip(sorted, sorted.dropFirst()) { #expect(left.to <= right.from, "row \(y): \(sorted)") }
    }
  }

  @Test("Shows a run without breakers, one of a single call, and one of none that ended")
  func edges() throws {
    let document = try PolicyDocument.layers("[{bulkhead: {concurrent: 1}}]")
    for (upstream, calls) in [("ok=0ms", 1), ("hang", 3), ("ok=1ms", 2)] {
      let model = try UpstreamModel(parsing: upstream)
      let recording = Simulation(
        of: "op", in: document, .steady(SteadyLoad(calls: calls, every: 1_000), model)
      ).run()
      #expect(Picture(recording, of: "op", phases: model.phases).text.hasSuffix("</svg>\n"))
      #expect(!Narration(recording, events: [], phases: model.phases).text.isEmpty)
    }
  }
}
