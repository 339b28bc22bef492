import PolicyLanguage
import ResilienceCore
import Testing

@testable import LocatedYAML
@testable import PolicyAnalysis

/// Whatever a file holds, a check ends, and every report of it can be written.
@Suite("Damaged files")
struct DamagedFileTests {
  private static let whole = """
    version: 1
    errors:
      transient: {match: [{http: [502-504]}, {grpc: [UNAVAILABLE]}], safeToRepeat: true}
    breakers:
      database: {failures: 3, open: 60s, halfOpen: 2}
      window: {failureRate: 50%, window: 10s, minimumCalls: 30, open: {for: 10s, factor: 2, max: 2m, jitter: 20%}}
    retries:
      standard: {attempts: 5, backoff: {initial: 400ms, factor: 2, max: 3s, jitter: none}, handle: [transient, rejected]}
    pipelines:
      read: [{deadline: 2s}, {retry: standard}, {breaker: database}, {timeout: 2s}]
      write: [{fallback: {value: [1, 2]}}, {bulkhead: {concurrent: 4}}, {breaker: window}]
    operations:
      users.get: {pipeline: read, idempotent: true} # policy-lint: ignore[RP403] until=2027-03-31 -- known
      "users.**": {pipeline: write, facts: {rate: 1/s}}
    environments:
      staging: {retries: {standard: {attempts: 2}}}
    waivers:
      - {rule: RP401, at: "operations/users.**", reason: known}

    """

  private static let pieces = [
    "{", "}", "[", "]", ":", ": ", "\n", "  ", "\t", "\"", "'", "#", "&a ", "*a", "!", "%", "0", "-1",
    "99999999999999999999",
    "1us", "10h", "none", "~", "\u{202E}", "\u{FEFF}", "é", "policy-lint: ignore[", "preset.standard", "**", "- ",
  ]

  @Test("A check of a damaged file ends, and what it found can be reported in every format", arguments: 1...40)
  func damage(_ seed: UInt64) throws {
    let chance = Chance(seed: seed)
    for _ in 0..<10 {
      var bytes = Array(Self.whole.utf8)
      for _ in 0...chance.draw(0...3) { Self.damage(&bytes, chance) }
      let report = try check(bytes)
      var options = ReportOptions()
      options.showsSuppressed = true
      options.palette = .coloured
      options.width = Int(chance.draw(0...130))
      _ = report.human(options)
      _ = report.concise(options)
      _ = report.json(options, tool: ReportingTool(name: "policy-lint", version: "0"), exitStatus: 0)
    }
  }

  private static func damage(_ bytes: inout [UInt8], _ chance: Chance) {
    let place = Int(chance.draw(0...UInt64(bytes.count)))
    let end = min(place + Int(chance.draw(0...12)), bytes.count)
    switch chance.draw(0...3) {
    case 0: bytes.removeSubrange(place..<end)
    case 1: bytes.insert(UInt8(truncatingIfNeeded: chance.next()), at: place)
    case 2: bytes.replaceSubrange(place..<end, with: pieces[Int(chance.draw(0...UInt64(pieces.count - 1)))].utf8)
    default: bytes.insert(contentsOf: bytes[place..<end], at: Int(chance.draw(0...UInt64(bytes.count))))
    }
  }

  private func check(_ bytes: [UInt8]) throws -> Report {
    let today = try #require(CalendarDate(year: 2027, month: 1, day: 1))
    return Check(CheckOptions(today: today)) { _ in .success(bytes) }.run(FoundFiles("policies.yaml"))
  }
}
