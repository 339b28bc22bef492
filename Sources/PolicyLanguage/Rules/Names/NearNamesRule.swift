extension Rule {
  static let nearNames = Rule(
    "RP308", "near-names", .warning, "Two names of a section one edit or one case apart.",
    why: """
      `payment` and `payments` are two breakers that each see half of the failures. Usually one of them is a typing \
      mistake, and where it is not, the next reader will make one.
      """,
    bad: RuleExample(
      """
      version: 1
      breakers:
        payments: {failures: 5, open: 60s}
        payment: {failures: 5, open: 60s}
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: payment}]}
        users.put: {layers: [{deadline: 2s}, {breaker: payments}]}

      """, line: 4),
    good: """
      version: 1
      breakers:
        payments: {failures: 5, open: 60s}
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: payments}]}
        users.put: {layers: [{deadline: 2s}, {breaker: payments}]}

      """)
}
