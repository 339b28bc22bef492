extension Rule {
  static let deprecatedField = Rule(
    "RP211", "deprecated-field", .warning, "A field that has a better successor.",
    why: """
      The field still works as it did. It goes with the next version of the language, and the fix writes its successor.
      """,
    bad: nil,
    good: """
      version: 1

      """)

  /// The same rule for a field that is gone: its findings are errors.
  static let removedField = Rule(
    "RP211", "deprecated-field", .error, "A field that this version no longer has.",
    why: "The field did something in an older version. Ignoring it now would be a change that nobody is told of.",
    bad: nil,
    good: """
      version: 1

      """)
}
