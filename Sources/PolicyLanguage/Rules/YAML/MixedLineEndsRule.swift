extension Rule {
  static let mixedLineEnds = Rule(
    "RP110", "mixed-line-ends", .warning, "A file ends some lines with CRLF and others with LF.",
    why: """
      Such a file was edited on two systems without agreement. Differences between versions of it show lines that nobody \
      changed.
      """,
    bad: RuleExample("version: 1\r\noperations:\n  users.get: {layers: [{deadline: 2s}]}\r\n", line: 2),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}]}

      """)
}
