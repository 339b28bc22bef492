extension Rule {
  static let extendsChain = Rule(
    "RP304", "extends-chain", .error, "An `extends` that comes back to itself, or names another section's element.",
    why: "What an element inherits must have a beginning, and must be of its own kind.",
    bad: RuleExample(
      """
      version: 1
      timeouts:
        short: {extends: long}
        long: {extends: short, after: 2s}
      operations:
        users.get: {layers: [{deadline: long}]}

      """, line: 3),
    good: """
      version: 1
      timeouts:
        short: {extends: long, after: 1s}
        long: {after: 2s, mode: observe}
      operations:
        users.get: {layers: [{deadline: long}, {timeout: short}]}

      """)
}
