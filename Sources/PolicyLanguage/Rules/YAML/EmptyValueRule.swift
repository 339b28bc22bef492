extension Rule {
  static let emptyValue = Rule(
    "RP102", "empty-value", .error, "A key or list item has no value.",
    why: """
      Whether an empty value means "the default", "nothing" or "to be filled in" is a guess that every reader makes \
      differently. A key without a value is left out; what is to be off says `none`.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get:
          layers: [{deadline: 2s}]
          owner:

      """, line: 5),
    good: """
      version: 1
      operations:
        users.get:
          layers: [{deadline: 2s}]
          owner: team-users

      """)
}
