extension Rule {
  static let notUTF8 = Rule(
    "RP001", "not-utf8", .error, "A file has bytes that are not UTF-8.",
    why: """
      Bytes that are no text are read differently by every tool, so nobody can say what the file means. They usually come \
      from an editor that saves Latin-1, or from a file that was cut in the middle of a character.
      """,
    bad: RuleExample(
      bytes: Array("version: 1\noperations:\n  users.get: {layers: [{deadline: 2s}], owner: Ren".utf8) + [0xE9]
        + Array("}\n".utf8), line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}], owner: René}

      """)
}
