extension Rule {
  static let magicValue = Rule(
    "RP207", "magic-value", .error, "A value such as 0 or -1 that stands for something else.",
    why: """
      In some programs 0 is "off", in others "no limit", in others "at once". Here `none` turns a thing off where that \
      is possible, and a number is a number.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {bulkhead: {concurrent: 24, queue: 0}}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {bulkhead: {concurrent: 24}}]}

      """)
}
