extension Rule {
  static let overrideOfNothing = Rule(
    "RP307", "override-of-nothing", .error, "An environment, or an override in one, of what does not exist.",
    why: """
      An override changes what is there. One whose name has a typing mistake would leave production on the numbers of \
      the base, and nobody would know.
      """,
    bad: RuleExample(
      """
      version: 1
      timeouts:
        call: 2s
      operations:
        users.get: {layers: [{deadline: call}]}
      environments:
        production: {timeouts: {cal: 1s}}

      """, line: 7),
    good: """
      version: 1
      timeouts:
        call: 2s
      operations:
        users.get: {layers: [{deadline: call}]}
      environments:
        production: {timeouts: {call: 1s}}

      """)
}
