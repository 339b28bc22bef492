extension Rule {
  static let aliasCycle = Rule(
    "RP105", "alias-cycle", .error, "An alias stands inside what it copies.",
    why: "Such a value has no end, so it cannot be read.",
    bad: RuleExample(
      """
      version: 1
      x-loop: &loop [1, *loop]

      """, line: 2),
    good: """
      version: 1
      x-loop: [1, 2]

      """)
}
