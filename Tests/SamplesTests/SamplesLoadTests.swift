import LocatedYAML
import PolicyLanguage
import Testing

@Suite struct SamplesLoadTests {
  @Test(arguments: Repository.samples)
  func everySampleSaysFirstWhichSchemaItFollows(name: String) throws {
    let first = try Repository.text(name).split(separator: "\n").first
    #expect(first == "# yaml-language-server: $schema=../schemas/policies.v1.json")
  }

  @Test(arguments: Repository.samples)
  func everySampleLoadsWithoutAFinding(name: String) {
    let loaded = PolicyLoader().loadAllEnvironments(Repository.path(name))
    #expect(loaded.diagnostics.map { "\($0.location) \($0.rule.code) \($0.message)" } == [])
    #expect(loaded.documents.allSatisfy { $0.document != nil })
  }

  @Test(arguments: Repository.pages)
  func everyPolicyFileOnAPageLoadsWithoutAFinding(page: String) throws {
    for block in try CodeBlock.all(in: page, language: "yaml") {
      let bytes = Array(block.text.utf8)
      let loaded = PolicyLoader(readFile: { _ in .success(bytes) }).loadAllEnvironments("\(page):\(block.line)")
      #expect(loaded.diagnostics.map { "\($0.location) \($0.rule.code) \($0.message)" } == [])
    }
  }
}
