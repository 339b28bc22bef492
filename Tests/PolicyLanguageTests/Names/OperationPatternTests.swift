import Testing

@testable import PolicyLanguage

@Test(
  "A pattern fits names segment by segment; `**` is any number of them, none included",
  arguments: [
    ("users.get", "users.get", true), ("users.get", "users", false), ("users.*", "users.get", true),
    ("users.*", "users.get.one", false), ("users.*", "users", false), ("users.**", "users", true),
    ("users.**", "users.get.one", true), ("**", "anything.at.all", true), ("*.get", "users.get", true),
    ("*.get", "users.put", false),
  ])
func patternFits(_ pattern: String, _ name: String, _ fits: Bool) throws {
  #expect(try #require(OperationPattern(pattern)).matches(name) == fits)
}

@Test(
  "From the left a literal beats `*` beats `**`",
  arguments: [
    ("users.*", "*.get"), ("users.**", "*.*"), ("*.**", "**"), ("users.get", "users.*"), ("users.*", "users.**"),
  ])
func moreSpecific(_ winner: String, _ loser: String) throws {
  let (winner, loser) = (try #require(OperationPattern(winner)), try #require(OperationPattern(loser)))
  #expect(winner.isMoreSpecific(than: loser))
  #expect(!loser.isMoreSpecific(than: winner))
}

@Test("Malformed patterns", arguments: ["users.get*", "**.get", "users..get", "", ".", "us*rs", "***"])
func malformed(_ text: String) { #expect(OperationPattern(text) == nil) }
