extension Rule {
  static let limit = Rule(
    "RP005", "limit", .error, "A file is larger or deeper than is read.",
    why: """
      Limits on bytes, depth, nodes, and the length of scalars and keys keep a file of a few lines from taking all \
      memory or minutes of time, in the linter and in a service that reloads. The message names the limit.
      """,
    bad: RuleExample(
      "version: 1\nx-deep: " + String(repeating: "[", count: 80) + "1" + String(repeating: "]", count: 80) + "\n",
      line: 2),
    good: """
      version: 1
      x-deep: [[1]]

      """)
}
