extension Rule {
  static let duplicateKey = Rule(
    "RP101", "duplicate-key", .error, "A map has the same key twice.",
    why: """
      YAML readers keep the first, the last, or fail: two people who read the same file see two policies. Usually one of \
      the two was forgotten after an edit.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}]}
        users.get: {layers: [{deadline: 3s}]}

      """, line: 4),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}]}
        users.put: {layers: [{deadline: 3s}]}

      """)
}
