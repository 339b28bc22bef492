import LocatedYAML
import Testing

@Suite("Reading files")
struct ReadFileTests {
  @Test("a file is read whole, or one byte past the limit")
  func reads() throws {
    let whole = try readFile(#filePath, limit: 1 << 20).get()
    #expect(whole.starts(with: Array("import LocatedYAML".utf8)))
    #expect(try readFile(#filePath, limit: 10).get().count == 11)
    #expect(try readFile("/dev/null", limit: 10).get().isEmpty)
  }

  @Test("a refusal says why", arguments: [("/nonexistent/file.yaml", "no such file"), ("/", "is a directory")])
  func fails(path: String, reason: String) {
    guard case .failure(let problem) = readFile(path, limit: 10) else {
      Issue.record("read \(path)")
      return
    }
    #expect(problem.path == path && problem.reason == reason && problem.errno != 0)
  }
}
