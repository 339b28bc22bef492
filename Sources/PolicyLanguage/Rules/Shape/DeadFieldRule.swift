extension Rule {
  static let deadField = Rule(
    "RP208", "dead-field", .error, "A field that does nothing beside the other fields.",
    why: """
      Somebody who writes a cap on a wait that never grows believes that it grows. A setting without effect is a \
      misunderstanding, and this is the cheapest moment to find it.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: {initial: 100ms, max: 1s}}

      """, line: 7),
    good: """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: {initial: 100ms, factor: 2, max: 1s}}

      """)
}
