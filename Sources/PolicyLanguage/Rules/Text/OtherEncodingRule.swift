extension Rule {
  static let otherEncoding = Rule(
    "RP003", "other-encoding", .error, "A file is UTF-16 or UTF-32.",
    why: """
      Only UTF-8 is read. An editor, or the output of a Windows shell sent to a file, has saved the text in another \
      encoding; saved as UTF-8 it is the same text.
      """,
    bad: RuleExample(bytes: [0xFF, 0xFE] + "version: 1\n".utf8.flatMap { [$0, 0] }, line: 1),
    good: """
      version: 1

      """)
}
