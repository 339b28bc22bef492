extension Rule {
  static let commentWithoutSpace = Rule(
    "RP109", "comment-without-space", .warning, "A `#` follows a value without a space.",
    why: """
      A comment begins with a space and `#`. Without the space the sign belongs to the value after plain text, and is a \
      comment after a quote or bracket only because the parser is lenient.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: "2s"}]}#the usual

      """, line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: "2s"}]} # the usual

      """)
}
