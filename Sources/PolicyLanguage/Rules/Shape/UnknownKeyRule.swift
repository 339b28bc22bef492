extension Rule {
  static let unknownKey = Rule(
    "RP201", "unknown-key", .error, "A key that this place does not know.",
    why: """
      A setting with a typing mistake, or in the wrong section, would do nothing, and nobody would notice until the day \
      it was needed. The finding names the nearest key, where the key would be legal, and what other programs' keys \
      are called here, with their numbers converted.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {maxRetries: 2, attempts: 3, backoff: 100ms}

      """, line: 7),
    good: """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: 100ms}

      """)
}
