extension Rule {
  static let shareNotation = Rule(
    "RP205", "share-notation", .error, "A ratio, rate or quantile that is not written as one.",
    why: """
      `0.5` and `50` have both been read as one half by some program. Here shares are written `50%`, rates `100/s` and \
      quantiles `p99.9`, so that no reader has to know which.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: {failureRate: 0.5, open: 60s}}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: {failureRate: 50%, open: 60s}}]}

      """)
}
