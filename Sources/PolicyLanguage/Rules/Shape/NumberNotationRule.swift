extension Rule {
  static let numberNotation = Rule(
    "RP212", "number-notation", .error, "A number that YAML readers do not agree about.",
    why: """
      `010` is 8 to one reader and 10 to another, `1:30` is 90, `1_000` is text or a thousand. Numbers are decimal \
      digits.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {bulkhead: {concurrent: 024}}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {bulkhead: {concurrent: 24}}]}

      """)
}
