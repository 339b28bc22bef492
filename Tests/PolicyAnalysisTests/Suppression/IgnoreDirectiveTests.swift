import PolicyLanguage
import Testing

@testable import PolicyAnalysis

@Suite("Comments that ask for findings to be ignored")
struct IgnoreDirectiveTests {
  @Test("Rules, last day and reason are read")
  func whole() throws {
    let directive = try IgnoreDirective.parse(
      "# policy-lint: ignore[RP301, near-names] until=2027-03-31 -- nightly -- batch")
    #expect(directive?.codes == ["RP301", "RP308"])
    #expect(directive?.until == CalendarDate(year: 2027, month: 3, day: 31))
    #expect(directive?.reason == "nightly -- batch")
  }

  @Test("A reason and a day can be left out")
  func short() throws {
    let directive = try IgnoreDirective.parse("#policy-lint: ignore[rp301]")
    #expect(directive == IgnoreDirective(codes: ["RP301"], unknown: [], until: nil, reason: nil))
  }

  @Test("Words that are no rule are told with the nearest rules")
  func unknown() throws {
    let directive = try #require(try IgnoreDirective.parse("# policy-lint: ignore[near-name] -- x"))
    #expect(directive.codes.isEmpty)
    #expect(directive.unknown.first?.candidates.first == "near-names")
  }

  @Test(
    "Other comments say nothing",
    arguments: ["# a comment", "#", "# see policy-lint", "# about policy-lint: it is good"])
  func others(_ comment: String) throws {
    #expect(try IgnoreDirective.parse(comment) == nil)
  }

  @Test(
    "What speaks to the linter in no known form is never taken as working",
    arguments: [
      "# policy-lint: ignore", "# policy-lint: ignore RP301", "# policy-lint: ignore[]",
      "# policy-lint: ignore[RP301,]",
      "# policy-lint: disable[RP301]", "# policy-lint ignore[RP301]", "# policy-lint: ignore[RP301] until=soon -- x",
      "# policy-lint: ignore[RP301] until=2027-02-30 -- x", "# policy-lint: ignore[RP301] nightly batch",
      "# policy-lint: ignore[RP301", "# policy-lint:", "# Policy-Lint: off",
    ])
  func unclear(_ comment: String) {
    #expect(throws: IgnoreDirective.Misunderstanding.self) { try IgnoreDirective.parse(comment) }
  }
}

@Suite("Days")
struct CalendarDateTests {
  @Test("Only days that exist are read, and only in one form")
  func reading() {
    #expect(CalendarDate("2024-02-29")?.description == "2024-02-29")
    for text in [
      "2023-02-29", "1900-02-29", "2023-13-01", "2023-00-10", "2023-1-1", "20230101", "2023-01-01x", "", "-1-1-1",
    ] {
      #expect(CalendarDate(text) == nil, "\(text)")
    }
    #expect(CalendarDate("2000-02-29") != nil)
  }

  @Test("A clock's seconds become the day in UTC")
  func clock() {
    #expect(CalendarDate(secondsSince1970: 0)?.description == "1970-01-01")
    #expect(CalendarDate(secondsSince1970: 86_399)?.description == "1970-01-01")
    #expect(CalendarDate(secondsSince1970: 951_782_400)?.description == "2000-02-29")
    #expect(CalendarDate(secondsSince1970: 1_806_451_200)?.description == "2027-03-31")
    #expect(CalendarDate(secondsSince1970: .max) == nil)
    #expect(CalendarDate(secondsSince1970: -1) == nil)
  }
}
