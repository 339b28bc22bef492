import PolicyLanguage
import Testing

@testable import LocatedYAML
@testable import PolicyAnalysis

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Wrong files, each a whole policy with one mistake. The first line, or a file beside it, says what is found where.
@Suite("Wrong files")
struct FixtureTests {
  private static let folder: String = {
    let own = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/" + own + "/Fixtures/bad/"
  }()

  static let names: [String] = {
    guard case .success(let entries) = FileTree.system.list(folder) else { return [] }
    return entries.map(\.name).filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test("Every wrong file has its findings at their places, and no others", arguments: names)
  func findings(_ name: String) throws {
    let path = Self.folder + name
    let bytes = try readFile(path, limit: 1 << 20).get()
    let expected = try self.expected(bytes, path)
    let today = try #require(CalendarDate(year: 2027, month: 1, day: 1))
    let report = Check(CheckOptions(today: today)) { asked in
      asked == name ? .success(bytes) : .failure(FileProblem(path: asked, errno: ENOENT, reason: "no such file"))
    }.run(FoundFiles(name))
    #expect(report.findings.map(\.place) == expected)
    #expect(expected.contains { $0.hasSuffix(name.prefix(5)) }, "the file's name says another rule")
  }

  @Test("There is a wrong file for every rule that can fire")
  func complete() {
    let covered = Set(Self.names.map { String($0.prefix(5)) })
    let rules = Set(LintRules.all.filter { $0.bad != nil }.map(\.code))
    #expect(rules.subtracting(covered).isEmpty)
  }

  private func expected(_ bytes: [UInt8], _ path: String) throws -> [String] {
    let side = try? readFile(path.dropLast("yaml".count) + "expected", limit: 1 << 12).get()
    let line = String(decoding: (side ?? bytes).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    let text = try #require(line.hasPrefix("# expected: ") ? line.dropFirst("# expected: ".count) : nil)
    return text.split(separator: ",").map { $0.drop { $0 == " " } }.map(String.init)
  }
}
