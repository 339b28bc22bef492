extension Rule {
  static let outOfRange = Rule(
    "RP206", "out-of-range", .error, "A number outside what the field, or a number beside it, allows.",
    why: """
      A number that cannot work is refused, never corrected in silence: programs that lower a minimum to the size of \
      their window open on the first failure while the file says twenty.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get:
          layers:
            - deadline: 2s
            - breaker: {failureRate: 50%, window: 10, minimumCalls: 15, open: 60s}

      """, line: 6),
    good: """
      version: 1
      operations:
        users.get:
          layers:
            - deadline: 2s
            - breaker: {failureRate: 50%, window: 30, minimumCalls: 15, open: 60s}

      """)
}
