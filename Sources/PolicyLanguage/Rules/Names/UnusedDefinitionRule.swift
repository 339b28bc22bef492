extension Rule {
  static let unusedDefinition = Rule(
    "RP302", "unused-definition", .warning, "A name that is defined and never used.",
    why: """
      Somebody believes that this breaker or retry protects an operation. Either the reference was forgotten, or the \
      definition is what is left of one that is gone.
      """,
    bad: RuleExample(
      """
      version: 1
      breakers:
        database: {failures: 5, open: 60s}
      operations:
        users.get: {layers: [{deadline: 2s}]}

      """, line: 3),
    good: """
      version: 1
      breakers:
        database: {failures: 5, open: 60s}
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: database}]}

      """)
}
