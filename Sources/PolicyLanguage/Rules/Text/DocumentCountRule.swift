extension Rule {
  static let documentCount = Rule(
    "RP006", "document-count", .error, "A file has no YAML document, or several.",
    why: """
      One file is one set of policies. A second document after `---` would be a second truth, and an empty file is more \
      often a mistake than a wish for no policies at all.
      """,
    bad: RuleExample("version: 1\n---\nversion: 1\n", line: 2),
    good: """
      version: 1

      """)
}
