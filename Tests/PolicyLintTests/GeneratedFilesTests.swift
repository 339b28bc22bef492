import PolicyAnalysis
import PolicyLanguage
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Generated files")
struct GeneratedFilesTests {
  private let page: String = {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(root)/Docs/policy-lint.md"
  }()

  @Test("The page about the linter has the program's own help and rules; `make docs` writes them anew")
  func policyLintPage() throws {
    let folder = try TemporaryFolder()
    let help = try Program(folder: folder).run("--help").output
    let found = try TemporaryFolder.read(page)
    var text = try replacing("help", in: found, with: "```\n\(help)```\n")
    text = try replacing("rules", in: text, with: LintRules.all.map(\.section).joined(separator: "\n"))
    if let wish = unsafe getenv("RESILIENCE_REGENERATE"), unsafe String(cString: wish) == "1" {
      try TemporaryFolder.write(Array(text.utf8), toFile: page)
      return
    }
    #expect(found == text, "Docs/policy-lint.md is not current: run `make docs`")
  }

  /// The page with another text between a pair of its marks.
  private func replacing(_ name: String, in text: String, with part: String) throws -> String {
    let mark = "<!-- generated: \(name) -->\n"
    let start = try #require(text.firstRange(of: mark)).upperBound
    let end = try #require(text[start...].firstRange(of: "<!-- end -->")).lowerBound
    return text[..<start] + part + text[end...]
  }
}

extension Rule {
  /// The rule as a section of the page.
  fileprivate var section: String {
    var text = "### \(code) \(name)\n\n\(severity.rawValue.capitalisedFirst). \(summary) \(why)\n"
    if let bad, bad.isShowable { text += "\n```yaml\n\(bad.text)```\n" }
    return text
  }
}

extension RuleExample {
  /// Whether a page can show it: it is UTF-8, short, and has no character that nobody sees.
  fileprivate var isShowable: Bool {
    bytes.count < 1_500
      && text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.isASCII && $0.value >= 0x20 && $0.value < 0x7F) }
  }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
