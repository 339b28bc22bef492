extension Rule {
  static let capNeverReached = Rule(
    "RP209", "cap-never-reached", .warning, "A cap so high that the wait below it never gets there.",
    why: """
      A cap is written by somebody who expects waits near it. When neither the attempts of this retry nor ten of them \
      bring the wait that far, the growth, the cap or the number of attempts is not what was meant.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 5s
            - retry: {attempts: 3, backoff: {initial: 100ms, factor: 2, max: 10m}}

      """, line: 7),
    good: """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 5s
            - retry: {attempts: 3, backoff: {initial: 100ms, factor: 2, max: 10s}}

      """)
}
