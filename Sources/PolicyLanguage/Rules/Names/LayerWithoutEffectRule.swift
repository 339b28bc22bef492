extension Rule {
  static let layerWithoutEffect = Rule(
    "RP309", "layer-without-effect", .error, "A second layer of one kind that changes nothing.",
    why: """
      Of two deadlines around the same work the earlier always fires. The other looks like a bound and is none.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {deadline: 5s}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}]}

      """)
}
