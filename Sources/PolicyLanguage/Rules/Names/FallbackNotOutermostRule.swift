extension Rule {
  static let fallbackNotOutermost = Rule(
    "RP311", "fallback-not-outermost", .warning, "A fallback with other layers around it.",
    why: """
      A fallback turns a failure into a success. A retry around it never tries again and a breaker around it never \
      opens, because both see only successes; and what the layers around it refuse is not served by the fallback.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get:
          layers:
            - deadline: 2s
            - breaker: {failures: 5, open: 60s}
            - fallback: {value: []}

      """, line: 7),
    good: """
      version: 1
      operations:
        users.get:
          layers:
            - fallback: {value: []}
            - deadline: 2s
            - breaker: {failures: 5, open: 60s}

      """)
}
