import PolicyLanguage

extension Rule {
  static let unusedIgnore = Rule(
    "RP901", "unused-ignore", .warning, "A comment ignores a rule that finds nothing there.",
    why: """
      The comment outlived what it excused, or stands in the wrong line. Left there, it hides the next finding of its \
      rule, which nobody has looked at.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        # policy-lint: ignore[RP401] -- a local computation
        users.get: {layers: [{deadline: 2s}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        # policy-lint: ignore[RP401] -- a local computation
        users.get: {layers: [{bulkhead: {concurrent: 24}}]}

      """)
}
