extension Rule {
  static let undefinedAlias = Rule(
    "RP104", "undefined-alias", .error, "An alias names an anchor that does not stand above it.",
    why: "An alias copies what its anchor marks; without the anchor there is nothing to copy.",
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: *limit}]}

      """, line: 3),
    good: """
      version: 1
      x-limit: &limit 2s
      operations:
        users.get: {layers: [{deadline: *limit}]}

      """)
}
