extension Rule {
  static let wrongType = Rule(
    "RP202", "wrong-type", .error, "A value of another kind than the field reads.",
    why: """
      Fields say what is read, never the look of the text: a flag reads `true` and `false` and no other word for yes, a \
      list field reads a list. Guessing what was meant is how two tools come to disagree about one file.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}], idempotent: yes}

      """, line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}], idempotent: true}

      """)
}
