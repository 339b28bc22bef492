extension Rule {
  static let tag = Rule(
    "RP103", "yaml-tag", .error, "A value has a YAML tag.",
    why: """
      What a value is follows from its field. Tags make some readers build objects and others ignore the tag; here they \
      mean nothing and are refused.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: !custom 2s}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}]}

      """)
}
