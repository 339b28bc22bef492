import Resilience
import Testing

/// The Swift of the page about testing does what the page says.
@Suite struct TestingPageTests {
  @Test func theTenLinesPassWithThePoliciesOfTheReadMe() throws {
    let yaml = try #require(try CodeBlock.all(in: "README.md", language: "yaml").first)
    try withPolicyFile(yaml.text) { try whenUsersAreDownCallsStopAndComeBack($0) }
  }

  @Test func theTenLinesFailWithOthers() throws {
    let yaml = try #require(try CodeBlock.all(in: "README.md", language: "yaml").first)
    let other = yaml.text.replacing("halfOpen: 2", with: "halfOpen: 3")
    #expect(other != yaml.text)
    try withPolicyFile(other) { path in
      #expect(throws: (any Error).self) { try whenUsersAreDownCallsStopAndComeBack(path) }
    }
  }

  @Test func theLastItemIsSoldOnceInEveryOrder() throws { try theLastItemIsSoldOnce() }
}
