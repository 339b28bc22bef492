extension Rule {
  static let equalsDefault = Rule(
    "RP210", "equals-default", .info, "A value that is the default anyway.",
    why: """
      It changes nothing, and a reader has to know that. Defaults do not change within a version of the language, so \
      leaving it out is safe.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {bulkhead: {concurrent: 24, queue: 8, order: fifo}}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {bulkhead: {concurrent: 24, queue: 8}}]}

      """)
}
