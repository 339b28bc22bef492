extension Rule {
  static let booleanLookingKey = Rule(
    "RP108", "boolean-looking-key", .warning, "A key such as `on` or `no` is a name here and a boolean in other tools.",
    why: """
      This language takes every key as text. Editors, formatters and templates that follow YAML 1.1 turn such a key into \
      `true` or `false` and may write it back that way. Quoted, it is text to everybody.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        no: {layers: [{deadline: 2s}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        "no": {layers: [{deadline: 2s}]}

      """)
}
