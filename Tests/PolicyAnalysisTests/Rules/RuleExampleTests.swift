import PolicyLanguage
import Testing

@testable import LocatedYAML
@testable import PolicyAnalysis

@Suite("Rule examples")
struct RuleExampleTests {
  static let ownRules = AnalysisRule.all.map(\.rule) + SuppressionRule.all

  @Test("The bad example fires its rule, on its line, and no other rule", arguments: ownRules)
  func bad(_ rule: Rule) throws {
    let example = try #require(rule.bad)
    let findings = try check(example)
    #expect(findings.map(\.rule.code) == [rule.code], "\(findings.map(\.diagnostic.message))")
    #expect(findings.first?.diagnostic.location.line == example.line)
    #expect(findings.first?.severity == rule.severity)
  }

  @Test("The good example is silent", arguments: ownRules)
  func good(_ rule: Rule) throws {
    #expect(try check(rule.good).map(\.diagnostic.message) == [])
  }

  @Test("Codes and names are used once, and say what they are", arguments: LintRules.all)
  func names(_ rule: Rule) {
    #expect(LintRules.all.filter { $0.code == rule.code || $0.name == rule.name }.count == 1)
    #expect(!rule.summary.isEmpty && !rule.why.isEmpty)
  }

  private func check(_ example: RuleExample) throws -> [Finding] {
    try checkText(example.text).findings
  }
}

/// Checks one file as it is at the beginning of 2027.
func checkText(
  _ text: String, files: [String: String] = [:], change: (inout CheckOptions) throws -> Void = { _ in }
) throws -> Report {
  let today = try #require(CalendarDate(year: 2027, month: 1, day: 1))
  var options = CheckOptions(today: today)
  try change(&options)
  let check = Check(options) { path in
    let text = path == "policies.yaml" ? text : files[path]
    guard let text else { return .failure(FileProblem(path: path, errno: 2, reason: "no such file")) }
    return .success(Array(text.utf8))
  }
  return check.run(FoundFiles("policies.yaml"))
}
