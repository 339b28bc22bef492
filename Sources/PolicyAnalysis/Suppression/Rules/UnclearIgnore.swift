import PolicyLanguage

extension Rule {
  static let unclearIgnore = Rule(
    "RP902", "unclear-ignore", .warning, "A comment or waiver that ignores nothing that there is to ignore.",
    why: """
      It names a rule that does not exist or cannot be ignored, or is written in a form that is not understood. It \
      looks as if it worked, and does nothing.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        # policy-lint: ignore[RP499] -- a local computation
        users.get: {layers: [{deadline: 2s}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        # policy-lint: ignore[RP401] -- a local computation
        users.get: {layers: [{bulkhead: {concurrent: 24}}]}

      """)
}
