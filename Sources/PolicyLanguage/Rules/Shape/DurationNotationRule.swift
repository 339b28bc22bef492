extension Rule {
  static let durationNotation = Rule(
    "RP204", "duration-notation", .error, "A duration without a unit, or with one that is not known.",
    why: """
      `timeout: 500` is half a second to one reader and eight minutes to another. A unit is part of the value: `us`, \
      `ms`, `s`, `m`, `h`.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2 sec}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}]}

      """)
}
