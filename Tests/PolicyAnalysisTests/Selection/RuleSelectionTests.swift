import PolicyLanguage
import Testing

@testable import PolicyAnalysis

@Suite("Choosing rules")
struct RuleSelectionTests {
  @Test("Everything is reported by default")
  func everything() throws {
    let selection = try RuleSelection(select: [])
    #expect(LintRules.all.allSatisfy(selection.contains))
  }

  @Test("Codes, beginnings of codes and names select and ignore; the longer selector wins")
  func specificity() throws {
    let selection = try RuleSelection(select: ["RP3"], extend: ["unknown-key"], ignore: ["rp30", "RP301"])
    #expect(codes(selection, below: "RP3").contains("RP201"))
    #expect(!codes(selection, below: "RP3").contains("RP202"))
    #expect(try !selection.contains(rule("RP302")))
    #expect(try selection.contains(rule("RP311")))
    let back = try RuleSelection(select: [], extend: ["RP302"], ignore: ["RP30"])
    #expect(try back.contains(rule("RP302")))
    #expect(try !back.contains(rule("RP301")))
  }

  @Test("Rules about text are always reported")
  func text() throws {
    #expect(try RuleSelection(select: ["RP301"], ignore: ["RP004"]).contains(rule("RP004")))
  }

  @Test("An unknown rule is an error that names the nearest")
  func unknown() {
    #expect(throws: UnknownRule(text: "unknown-kye", candidates: ["unknown-key"])) {
      try RuleSelection(select: ["unknown-kye"])
    }
    #expect(throws: UnknownRule.self) { try RuleSelection(select: [], ignore: ["RPX"]) }
  }

  private func codes(_ selection: RuleSelection, below end: String) -> [String] {
    LintRules.all.filter(selection.contains).map(\.code).filter { $0 < end }
  }

  private func rule(_ code: String) throws -> Rule { try #require(LintRules.rule(code)) }
}
