import Glibc
import Resilience
import Testing

/// The Swift of the page about testing does what the page says.
@Suite struct TestingPageTests {
  @Test func theTenLinesPassWithThePoliciesOfTheReadMe() throws {
    let yaml = try #require(try CodeBlock.all(in: "README.md", language: "yaml").first)
    try withFile(yaml.text) { try whenUsersAreDownCallsStopAndComeBack($0) }
  }

  @Test func theTenLinesFailWithOthers() throws {
    let yaml = try #require(try CodeBlock.all(in: "README.md", language: "yaml").first)
    let other = yaml.text.replacing("halfOpen: 2", with: "halfOpen: 3")
    #expect(other != yaml.text)
    try withFile(other) { path in
      #expect(throws: (any Error).self) { try whenUsersAreDownCallsStopAndComeBack(path) }
    }
  }

  @Test func theLastItemIsSoldOnceInEveryOrder() throws { try theLastItemIsSoldOnce() }

  /// Runs `body` with the path of a policy file.
  private func withFile(_ policies: String, _ body: (String) throws -> Void) throws {
    var path = Array("/tmp/testing-page-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&path)
    try #require(descriptor >= 0)
    let name = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer {
      close(descriptor)
      _ = unsafe unlink(name)
    }
    let written = unsafe policies.utf8CString.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count - 1) }
    try #require(written == policies.utf8.count)
    try body(name)
  }
}
