/// Why and where the parser gave up. Offsets are bytes of the parsed text.
struct SyntaxFailure: Error {
  /// The parser's own words for what is wrong.
  var problem: String
  /// Where it noticed.
  var offset: Int
  /// The parser's own words for what it was reading, if it says so.
  var context: String?
  /// Where that began; equal to `offset` when the parser does not say.
  var contextOffset: Int

  /// Whether the parser was reading a quoted scalar.
  var isInQuotation: Bool { context == "while scanning a quoted scalar" }
}
