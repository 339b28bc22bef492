extension Rule {
  static let mergeKey = Rule(
    "RP107", "merge-key", .error, "A map has the merge key `<<`.",
    why: """
      The merge key is no part of YAML 1.2, and readers that know it disagree about lists of maps and about which value \
      wins. `extends: NAME` says the same with a rule that this language states.
      """,
    bad: RuleExample(
      """
      version: 1
      x-limit: &limit {after: 2s}
      operations:
        users.get: {layers: [{deadline: {<<: *limit, mode: observe}}]}

      """, line: 4),
    good: """
      version: 1
      timeouts:
        limit: 2s
      operations:
        users.get: {layers: [{deadline: {extends: limit, mode: observe}}]}

      """)
}
