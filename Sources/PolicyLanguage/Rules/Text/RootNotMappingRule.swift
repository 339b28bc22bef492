extension Rule {
  static let rootNotMapping = Rule(
    "RP007", "root-not-a-map", .error, "A file's outermost value is not a map.",
    why: """
      A policy file is a map of sections. A list or a bare text at the root usually means a missing space after a colon, \
      or a file that is not a policy file.
      """,
    bad: RuleExample("- version\n", line: 1),
    good: """
      version: 1

      """)
}
