import Glibc
import LocatedYAML
import ResilienceCore
import Testing

@testable import Resilience

private let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")

/// What is written from events themselves: golden lines, and the tables of the page about them.
@Suite("Generated files about events are as the events make them; `make docs` writes them anew")
struct EventGeneratedFileTests {
  @Test(arguments: [EventLog.Format.logfmt, .json])
  func generatedFileOfLines(format: EventLog.Format) throws {
    let wall = WallTime(seconds: 1_772_357_405, nanoseconds: 250_999_999)
    let lines = EventSamples.all.map { format.line(LogEntry(event: $0, wall: wall).fields) }
    let path = "Tests/ResilienceTests/Observe/Lines/events.\(format.rawValue)"
    try compare(lines.joined(), with: path, part: nil)
  }

  @Test func generatedFileOfTables() throws {
    for (part, table) in [("events", EventTables.events), ("fields", EventTables.fields)] {
      try compare(table, with: "Docs/observing.md", part: part)
    }
  }

  /// Compares a file, or the part of it between two marks, with what it should be; writes it anew when that is asked for.
  private func compare(_ wanted: String, with path: String, part: String?) throws {
    let isAsked = unsafe getenv("RESILIENCE_REGENERATE").map { unsafe String(cString: $0) } == "1"
    let found = (try? readFile("\(root)/\(path)", limit: 1 << 20).get()).map { String(decoding: $0, as: UTF8.self) }
    let whole = try part.map { try #require(replace($0, of: found ?? "", by: wanted)) } ?? wanted
    if isAsked { try write(whole, to: "\(root)/\(path)") }
    #expect(isAsked || found == whole, "\(path) is not current: run `make docs`")
  }

  private func replace(_ part: String, of page: String, by text: String) -> String? {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    guard let begin = lines.firstIndex(of: "<!-- begin \(part) -->"),
      let end = lines.firstIndex(of: "<!-- end \(part) -->"),
      begin < end
    else { return nil }
    return lines[...begin].joined(separator: "\n") + "\n" + text + lines[end...].joined(separator: "\n")
  }

  private func write(_ text: String, to path: String) throws {
    let file = unsafe fopen(path, "w")
    guard let file = unsafe file else { throw NotWritten(path: path) }
    unsafe fputs(text, file)
    unsafe fclose(file)
  }
}

private struct NotWritten: Error {
  let path: String
}

/// The tables of the page about events.
private enum EventTables {
  static var events: String {
    let rows = EventName.allCases.map { name in
      let samples = EventSamples.of(name)
      let levels = unique(samples.map(\.level.rawValue)).joined(separator: ", ")
      let fields = unique(samples.flatMap(ownFields)).map { "`\($0)`" }.joined(separator: ", ")
      return "| `\(name.rawValue)` | \(levels) | \(name.meaning) | \(fields) |\n"
    }
    return "| event | level | when | fields |\n|---|---|---|---|\n" + rows.joined()
  }

  static var fields: String {
    let rows = EventFieldName.allCases.map { "| `\($0.rawValue)` | \($0.meaning) |\n" }
    return "| field | what it says |\n|---|---|\n" + rows.joined()
  }

  /// The fields that not every event has.
  private static func ownFields(_ event: ResilienceEvent) -> [String] {
    event.fields.map(\.name).filter { !["operation", "generation", "source"].contains($0) }
  }

  private static func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
