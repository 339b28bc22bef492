import PolicyAnalysis
import PolicyLanguage
import Testing

@testable import resilience_demo

@Suite struct PoliciesTests {
  private func findings(in text: String) throws -> [Substring] {
    let today = try #require(CalendarDate(year: 2027, month: 1, day: 1))
    let check = Check(CheckOptions(today: today), readFile: { _ in .success(Array(text.utf8)) })
    return check.run(FoundFiles("policies.yaml")).concise(ReportOptions()).split(separator: "\n")
  }

  @Test func theLinterHasNothingToSayOfTheGoodFiles() throws {
    #expect(try findings(in: Policies.first) == [])
    #expect(try findings(in: Policies.second) == [])
    #expect(Policies.first != Policies.second)
  }

  @Test func theBadFileHasTheMistakesThatTheDemoSpeaksOf() throws {
    let findings = try findings(in: Policies.broken).filter { $0.contains("error[") }
    #expect(findings.count == 2)
    #expect(findings.first?.contains("RP204") == true)
    #expect(findings.last?.contains("RP301") == true)
  }
}
