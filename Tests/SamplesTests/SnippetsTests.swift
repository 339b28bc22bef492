import Testing

@Suite struct SnippetsTests {
  @Test(arguments: Repository.pages)
  func theSwiftOfAPageIsCodeThatCompiles(page: String) throws {
    let files = try Repository.snippets.map { try lines(of: Repository.text($0)) }
    for block in try CodeBlock.all(in: page, language: "swift") {
      let wanted = lines(of: block.text).filter { !$0.hasPrefix("import ") }
      let isThere = files.contains { compiled in
        compiled.indices.contains { compiled[$0...].starts(with: wanted) }
      }
      #expect(isThere, "\(block.testDescription) does not stand in \(Repository.snippets)")
    }
  }

  /// Lines without indentation, and without empty ones.
  private func lines(of text: String) -> [Substring] {
    text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
  }
}
