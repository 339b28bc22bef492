extension Rule {
  static let duplicateDefinition = Rule(
    "RP303", "duplicate-definition", .error, "A name that is defined in two files, or is built in.",
    why: """
      A name means one thing, whatever the order in which files are read. What is to differ in one environment stands \
      under `environments`.
      """,
    bad: RuleExample(
      """
      version: 1
      errors:
        timeout: {match: [{posix: [ETIMEDOUT]}], safeToRepeat: true}
      operations:
        users.get: {layers: [{deadline: 2s}]}

      """, line: 3),
    good: """
      version: 1
      errors:
        network-timeout: {match: [{posix: [ETIMEDOUT]}], safeToRepeat: true}
      operations:
        users.get: {layers: [{deadline: 2s}]}

      """)
}
