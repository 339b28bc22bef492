import PolicyLanguage

extension Rule {
  static let expiredSuppression = Rule(
    "RP905", "expired-suppression", .warning, "A comment or waiver whose last day is over.",
    why: """
      Somebody said that this would be put right by then. The findings count again from the day after; the end can be \
      moved, or the cause removed.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        # policy-lint: ignore[RP401] until=2020-03-31 -- a local computation
        users.get: {layers: [{deadline: 2s}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        # policy-lint: ignore[RP401] until=9999-12-31 -- a local computation
        users.get: {layers: [{bulkhead: {concurrent: 24}}]}

      """)
}
