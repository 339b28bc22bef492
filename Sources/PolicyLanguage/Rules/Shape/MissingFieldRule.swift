extension Rule {
  static let missingField = Rule(
    "RP203", "missing-field", .error, "A field that has to be there is not.",
    why: """
      Numbers that decide how a service behaves when its callee fails are not guessed: what has no sensible default for \
      everybody has to be written, here or in what the element extends.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: {failures: 5}}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: {failures: 5, open: 60s}}]}

      """)
}
