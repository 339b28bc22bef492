extension Rule {
  static let malformedPattern = Rule(
    "RP305", "malformed-pattern", .error, "A pattern of operations that no name is compared with.",
    why: """
      `*` stands for one whole segment between dots and `**`, last, for any number. A wildcard inside a segment would make \
      two patterns fit one name with nothing to say which wins.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        "users.get*": {layers: [{deadline: 2s}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        "users.*": {layers: [{deadline: 2s}]}

      """)
}
