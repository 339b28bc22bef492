extension Rule {
  static let forbiddenCharacter = Rule(
    "RP002", "forbidden-character", .error, "A file has a control character, or a character that nobody sees.",
    why: """
      Control, bidirectional and zero-width characters make a file look different from what a program reads: two names \
      that look the same are not, and a line can seem to say its opposite.
      """,
    bad: RuleExample(
      "version: 1\noperations:\n  users.get: {layers: [{deadline: 2s}], owner: team\u{200B}-users}\n", line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}], owner: team-users}

      """)
}
