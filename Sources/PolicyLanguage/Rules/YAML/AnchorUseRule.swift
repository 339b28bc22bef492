extension Rule {
  static let anchorUse = Rule(
    "RP106", "anchor-use", .warning, "An anchor is set twice, or never used.",
    why: """
      After a second anchor of the same name, aliases above and below it copy different things though they look the same. \
      An anchor without an alias is what is left of an edit, or the alias has a typing mistake.
      """,
    bad: RuleExample(
      """
      version: 1
      x-limit: &limit 2s
      operations:
        users.get: {layers: [{deadline: 2s}]}

      """, line: 2),
    good: """
      version: 1
      x-limit: &limit 2s
      operations:
        users.get: {layers: [{deadline: *limit}]}

      """)
}
