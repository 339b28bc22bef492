extension Rule {
  static let unreachablePattern = Rule(
    "RP306", "unreachable-pattern", .warning, "A pattern that never wins.",
    why: """
      Every name that fits it also fits an entry that is more specific, so what stands there is never used.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        "**": {layers: [{deadline: 2s}]}
        "*.**": {layers: [{deadline: 3s}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        "**": {layers: [{deadline: 2s}]}
        "users.**": {layers: [{deadline: 3s}]}

      """)
}
