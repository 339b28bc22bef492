extension Rule {
  static let syntax = Rule(
    "RP004", "yaml-syntax", .error, "A file is not YAML at this place.",
    why: """
      An entry that cannot be read is left out and the rest is checked, so that one run shows every mistake. Nothing is \
      loaded until all are gone.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}]
        users.put: {layers: [{deadline: 2s}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}]}
        users.put: {layers: [{deadline: 2s}]}

      """)
}
