import LocatedYAML
import PolicyAnalysis
import PolicyLanguage
import Testing

/// What the linter says of a file.
struct Linter {
  private let report: Report

  init(_ text: String, named name: String = "policies.yaml") throws {
    let today = try #require(CalendarDate(year: 2027, month: 1, day: 1))
    report = Check(CheckOptions(today: today), readFile: { _ in .success(Array(text.utf8)) }).run(FoundFiles(name))
  }

  /// A line a finding, remarks included.
  var findings: [Substring] { report.concise(ReportOptions()).split(separator: "\n") }

  /// As on a terminal.
  var text: String { report.human(ReportOptions()) }
}

@Suite struct SamplesLoadTests {
  @Test(arguments: Repository.samples)
  func everySampleSaysFirstWhichSchemaItFollows(name: String) throws {
    let first = try Repository.text(name).split(separator: "\n").first
    #expect(first == "# yaml-language-server: $schema=../schemas/policies.v1.json")
    #expect(Repository.exists("schemas/policies.v1.json"))
  }

  @Test(arguments: Repository.samples)
  func theLinterHasNothingToSayOfASample(name: String) throws {
    #expect(try Linter(Repository.text(name), named: name).findings == [])
  }

  @Test(arguments: Repository.pages)
  func theLinterHasNothingToSayOfAFileOnAPage(page: String) throws {
    for block in try CodeBlock.all(in: page, language: "yaml") {
      #expect(try Linter(block.text, named: block.testDescription).findings == [])
    }
  }

  @Test func theFindingThatTheFirstPageShowsIsTheLinters() throws {
    let file = try #require(CodeBlock.all(in: "README.md", language: "yaml").first).text
    let shown = try #require(CodeBlock.all(in: "README.md", language: "text").first).text
    let patient =
      file
      .replacing("attempts: 3", with: "attempts: 5")
      .replacing("initial: 100ms, factor: 2, max: 1s", with: "initial: 400ms, factor: 2, max: 10s")
    #expect(patient != file)
    #expect(try Linter(patient).text == shown)
  }
}

extension String {
  fileprivate func replacing(_ old: String, with new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
