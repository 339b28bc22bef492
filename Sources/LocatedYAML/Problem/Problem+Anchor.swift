extension Problem {
  static func anchorRedefined(_ name: String, at span: ByteSpan, first: ByteSpan) -> Problem {
    Problem(
      .anchorRedefined, "the anchor `&\(name)` is defined again", at: span,
      related: [Related(first, "`&\(name)` is first defined here")],
      notes: ["an alias means the last definition before it"], help: "give one of them another name")
  }

  static func anchorUnused(_ name: String, at span: ByteSpan) -> Problem {
    Problem(
      .anchorUnused, "no alias uses the anchor `&\(name)`", at: span,
      help: "remove it, or write `*\(name)` where it is meant")
  }

  static func undefinedAlias(_ name: String, at span: ByteSpan, known: [String]) -> Problem {
    Problem(.undefinedAlias, "no anchor `&\(name)` stands before this alias", at: span)
  }

  static func aliasCycle(_ name: String, at span: ByteSpan, anchor: ByteSpan) -> Problem {
    Problem(
      .aliasCycle, "`*\(name)` stands inside the value that it means", at: span,
      related: [Related(anchor, "the value of `&\(name)` begins here")])
  }

  static func limit(_ message: String, at span: ByteSpan) -> Problem {
    Problem(.limit, message, at: span)
  }
}
