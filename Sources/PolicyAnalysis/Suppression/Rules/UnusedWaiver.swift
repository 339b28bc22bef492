import PolicyLanguage

extension Rule {
  static let unusedWaiver = Rule(
    "RP904", "unused-waiver", .warning, "A waiver for a rule that finds nothing there.",
    why: """
      What it excused is gone, or its `at` does not name the place. Left there, it hides the next finding of its rule, \
      which nobody has looked at.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}]}
      waivers:
        - {rule: RP401, at: operations/users.get, reason: a local computation}

      """, line: 5),
    good: """
      version: 1
      operations:
        users.get: {layers: [{bulkhead: {concurrent: 24}}]}
      waivers:
        - {rule: RP401, at: operations/users.get, reason: a local computation}

      """)
}
