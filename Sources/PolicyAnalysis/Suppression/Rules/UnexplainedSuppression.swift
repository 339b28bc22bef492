import PolicyLanguage

extension Rule {
  static let unexplainedSuppression = Rule(
    "RP906", "unexplained-suppression", .warning, "A comment or waiver without a reason.",
    why: """
      Without a reason the next reader cannot tell whether it still holds, and will leave it there for ever. \
      One sentence is enough.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        # policy-lint: ignore[RP401]
        users.get: {layers: [{bulkhead: {concurrent: 24}}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        # policy-lint: ignore[RP401] -- a local computation
        users.get: {layers: [{bulkhead: {concurrent: 24}}]}

      """)
}
