import PolicyLanguage
import Testing

@testable import PolicyAnalysis

@Suite("Ignoring findings")
struct SuppressionTests {
  @Test("A comment on the node's line, or alone above it, ignores what is found in the node")
  func binding() throws {
    let report = try checkText(
      """
      version: 1
      operations:
        a: {layers: []} # policy-lint: ignore[RP401] -- local
        # policy-lint: ignore[unbounded-operation] -- local
        # another remark
        b: {layers: []}
        c: {layers: []}

      """)
    #expect(report.findings.map(\.place) == ["7:3 RP401"])
    #expect(report.suppressed.map(\.place) == ["3:3 RP401", "6:3 RP401"])
    #expect(report.suppressed.first?.suppression?.reason == "local")
    #expect(report.suppressed.first?.suppression?.place == "policies.yaml:3:19")
  }

  @Test("A comment is about the whole entry that begins on its line, and about nothing beside it")
  func subtree() throws {
    let report = try checkText(
      """
      version: 1
      operations: # policy-lint: ignore[RP401] -- all of them are local
        a: {layers: []}
        b: {layers: []}
      breakers: # policy-lint: ignore[RP302] -- soon
        x: {failures: 5, open: 1s}

      """)
    #expect(report.findings.isEmpty)
    #expect(report.suppressed.map(\.place) == ["3:3 RP401", "4:3 RP401", "6:3 RP302"])
  }

  @Test("A comment after a blank line, or on a line where nothing begins, is unused and says so")
  func unbound() throws {
    let report = try checkText(
      """
      version: 1
      operations:
        # policy-lint: ignore[RP401] -- local

        a: {
            layers: []
          } # policy-lint: ignore[RP401] -- local

      """)
    #expect(report.findings.map(\.place) == ["3:3 RP901", "5:3 RP401", "7:7 RP901"])
  }

  @Test("An end that is over, the last day included, no longer counts")
  func expiry() throws {
    func codes(_ day: String) throws -> [String] {
      try checkText(
        "version: 1\noperations:\n  a: {layers: []} # policy-lint: ignore[RP401] until=\(day) -- local\n"
      ).findings.map(\.rule.code)
    }
    #expect(try codes("2027-01-01") == [])
    #expect(try codes("2026-12-31") == ["RP401", "RP905"])
  }

  @Test("Without a reason it counts, and is told; with requiresReason it does not count")
  func reasons() throws {
    let text = "version: 1\noperations:\n  a: {layers: []} # policy-lint: ignore[RP401]\n"
    #expect(try checkText(text).findings.map(\.rule.code) == ["RP906"])
    #expect(try checkText(text) { $0.requiresReason = true }.findings.map(\.rule.code) == ["RP401", "RP906"])
  }

  @Test("What stops a file from loading cannot be ignored, and what is not understood is told")
  func limits() throws {
    let text = """
      version: 1
      operation: {} # policy-lint: ignore[RP201] -- soon
      operations:
        a: {layers: []} # policy-lint: ignore RP401

      """
    let findings = try checkText(text).findings
    #expect(findings.map(\.place) == ["2:1 RP201", "2:15 RP902", "4:19 RP902"])
    #expect(
      try checkText("version: 1 # policy-lint: ignore[RP004] -- x\na: [\n").findings.map(\.rule.code).sorted().contains(
        "RP004"))
  }

  @Test("Nothing about a rule that was not looked for")
  func unchecked() throws {
    let text = "version: 1\noperations:\n  a: {layers: [{deadline: 2s}]} # policy-lint: ignore[RP401] -- local\n"
    #expect(try checkText(text).findings.map(\.rule.code) == ["RP901"])
    let selected = try checkText(text) { $0.selection = try RuleSelection(select: ["RP9"]) }
    #expect(selected.findings.isEmpty)
    let broken = try checkText(text + "operation: {}\n")
    #expect(broken.findings.map(\.rule.code) == ["RP201"])
  }

  @Test("Comments are left alone when nobody obeys them")
  func disobeyed() throws {
    let text = "version: 1\noperations:\n  a: {layers: []} # policy-lint: ignore[RP401]\n"
    #expect(try checkText(text) { $0.obeysSuppressions = false }.findings.map(\.rule.code) == ["RP401"])
  }

  @Test(
    "A waiver is about the policies that its `at` names",
    arguments: [
      ("operations/reports.daily", true), ("operations/reports.**", true), ("operations/*.daily", true),
      ("operations.reports.daily", true), ("operations/**", true), ("operations/reports.weekly", false),
      ("operations/users.**", false), ("operations/reports", false), ("pipelines/reports.daily", false),
      ("operations", false),
    ])
  func waivers(_ sample: (at: String, covers: Bool)) throws {
    let report = try checkText(
      """
      version: 1
      operations:
        reports.daily: {layers: []}
      waivers:
        - {rule: RP401, at: "\(sample.at)", reason: nightly batch, until: 2027-03-31}

      """)
    #expect(report.findings.map(\.rule.code) == (sample.covers ? [] : ["RP401", "RP904"]))
    #expect(
      report.suppressed.first?.suppression?.until == CalendarDate(year: 2027, month: 3, day: 31) || !sample.covers)
  }

  @Test("A waiver for operations covers a finding in their pipeline only when it covers all of them")
  func pipelines() throws {
    func codes(_ at: String) throws -> [String] {
      try checkText(
        """
        version: 1
        pipelines:
          read: [{deadline: 2s}, {timeout: 2s}]
        operations:
          reports.daily: read
          users.get: read
        waivers:
          - {rule: RP4, at: "\(at)", reason: known}

        """
      ).findings.map(\.rule.code)
    }
    #expect(try codes("pipelines/read") == [])
    #expect(try codes("operations/**") == [])
    #expect(try codes("operations/reports.**") == ["RP403", "RP904"])
  }

  @Test("Comments of included files count there")
  func included() throws {
    let report = try checkText(
      "version: 1\ninclude: [more.yaml]\n",
      files: ["more.yaml": "version: 1\noperations:\n  a: {layers: []} # policy-lint: ignore[RP401] -- local\n"])
    #expect(report.findings.isEmpty)
    #expect(report.suppressed.count == 1)
  }
}
