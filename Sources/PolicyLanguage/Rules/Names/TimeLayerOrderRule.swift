extension Rule {
  static let timeLayerOrder = Rule(
    "RP310", "time-layer-order", .error, "A `deadline` inside a retry, or a `timeout` outside one.",
    why: """
      `deadline` bounds the whole call with all its attempts, `timeout` bounds one attempt. On the wrong side of the \
      retry each does the other's work under the wrong name, and errors and metrics call it so.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - retry: {attempts: 3, backoff: 100ms}
            - deadline: 2s

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
