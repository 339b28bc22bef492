extension Rule {
  static let breakerOutsideRetry = Rule(
    "RP312", "breaker-outside-retry", .info, "A breaker around a retry: it counts whole calls, not attempts.",
    why: """
      Outside, a breaker sees a failure only when every attempt has failed, so it opens later and an open breaker does \
      not stop the attempts of calls under way. That can be meant; inside the retry is the usual place.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - breaker: {failures: 5, open: 60s}
            - retry: {attempts: 3, backoff: 100ms}

      """, line: 7),
    good: """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: 100ms}
            - breaker: {failures: 5, open: 60s}

      """)
}
