/// What is known at the moment the parser gives up.
///
/// The parser tells where it could not go on, which is often lines behind the mistake. The advice is found by looking
/// at the text around that place; each kind of mistake has its own file.
struct SyntaxScene {
  let text: WorkingText
  let failure: SyntaxFailure
  /// Where the brackets open that are not closed where the parser gave up, outermost first.
  let openFlows: [Int]
  /// The last scalar the parser delivered.
  let lastScalar: NodeRecord?

  init(_ text: WorkingText, _ failure: SyntaxFailure, after builder: TreeBuilder) {
    self.text = text
    self.failure = failure
    lastScalar = builder.lastScalar
    // An unclosed quote reaches to the end of the file; what counts is where it began.
    let place = min(failure.offset, failure.isInQuotation ? failure.contextOffset : failure.offset)
    openFlows = OpenBrackets(text.bytes, known: builder.openFlows, from: builder.reached, to: place).offsets
  }

  /// What is wrong, in the first words that fit.
  func advice() -> SyntaxAdvice {
    templateAdvice() ?? tabAdvice() ?? quotationAdvice() ?? colonAdvice() ?? firstCharacterAdvice()
      ?? blockScalarAdvice() ?? bracketAdvice() ?? indentationAdvice() ?? documentAdvice() ?? plainAdvice()
  }
}

extension SyntaxScene {
  var bytes: [UInt8] { text.bytes }

  /// The line in which the parser gave up.
  var line: Int { text.lineNumber(at: failure.offset) }

  /// The line in which what it was reading began.
  var contextLine: Int { text.lineNumber(at: failure.contextOffset) }

  /// A syntax problem whose entry begins in the line of `offset`, or where the brackets around it open.
  func advice(
    _ message: String, at span: ByteSpan, related: [Related] = [], notes: [String] = [], help: String? = nil,
    fix: [Edit]? = nil
  ) -> SyntaxAdvice {
    let first = text.lineNumber(at: min(openFlows.first ?? span.start, span.start))
    let problem = Problem(.syntax, message, at: span, related: related, notes: notes, help: help, fix: fix)
    return SyntaxAdvice(problem, lines: first...max(first, text.lineNumber(at: span.start)))
  }

  /// The byte at `offset`, or `nil` behind the end of the file.
  func byte(at offset: Int) -> UInt8? {
    bytes.indices.contains(offset) ? bytes[offset] : nil
  }

  /// The character at `offset`; empty at the end of the file and of a line.
  func character(at offset: Int) -> ByteSpan {
    guard let lead = byte(at: offset), !lead.isLineEnd else { return ByteSpan(offset, offset).clamped(to: bytes.count) }
    guard case .scalar(_, let length) = ScalarDecoder.unit(in: bytes, at: offset) else {
      return ByteSpan(offset, offset + 1)
    }
    return ByteSpan(offset, offset + length)
  }

  /// The bytes of `span` as text.
  func string(_ span: ByteSpan) -> String {
    let span = span.clamped(to: bytes.count)
    return String(decoding: bytes[span.start..<span.end], as: UTF8.self)
  }

  /// `text` cut to a length that fits into a message.
  func shortened(_ text: String) -> String {
    text.count <= 40 ? text : text.prefix(39) + "…"
  }
}
