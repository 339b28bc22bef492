/// What YAML forbids and libyaml 0.2.5 lets pass, as far as a look at the source is cheap.
///
/// Each of these hides a mistake: a quotation closed by the opening quote of a later one reads well, and says something
/// else than its author meant.
struct StrictSyntax {
  /// Where the open block collections begin, outermost first.
  private var blocks: ContiguousArray<Int> = []
  /// How many flow collections are open; inside one there are only more of them.
  private var flowDepth = 0
  private var documentEndIsImplicit = false

  /// A block collection behind an anchor or a tag: its event does not begin in its column.
  private static let unknownColumn = -2

  static let directiveProblem = "found a directive without a document end before it"
  static let dashProblem = "found a '-' without a value in a flow collection"
  static let quotationProblem = "found a line of a quoted scalar that is not indented deeper than its collection"

  /// Looks at an event before anybody else does.
  mutating func check(_ event: Event, _ bytes: ParsedBytes) throws(SyntaxFailure) {
    switch event.kind {
    case .scalar:
      try checkScalar(event, bytes)
    case .mappingStart, .sequenceStart:
      if event.style == .flow {
        flowDepth += 1
      } else {
        blocks.append(event.hasProperties ? Self.unknownColumn : event.start)
      }
    case .mappingEnd, .sequenceEnd:
      if flowDepth > 0 { flowDepth -= 1 } else { _ = blocks.popLast() }
    case .documentStart:
      if event.hasDirectives, documentEndIsImplicit { throw failure(Self.directiveProblem, at: event.start) }
    case .documentEnd:
      documentEndIsImplicit = event.isImplicit
    case .alias, .streamStart, .streamEnd:
      return
    }
  }

  private func checkScalar(_ event: Event, _ bytes: ParsedBytes) throws(SyntaxFailure) {
    if event.style == .plain {
      guard event.end - event.start == 1, flowDepth > 0 else { return }
      if bytes[event.start] == UInt8(ascii: "-") { throw failure(Self.dashProblem, at: event.start) }
    } else if !event.isOnOneLine, event.style == .singleQuoted || event.style == .doubleQuoted {
      try checkIndentation(event, bytes)
    }
  }

  /// Each line of a quotation has to be indented deeper than the block collection around it.
  private func checkIndentation(_ event: Event, _ bytes: ParsedBytes) throws(SyntaxFailure) {
    guard let start = blocks.last, start != Self.unknownColumn else { return }
    let least = column(of: start, bytes)
    var spaces: Int?
    for offset in event.start..<event.end {
      guard let byte = bytes[offset] else { return }
      if byte.isLineEnd {
        spaces = 0
      } else if let count = spaces {
        if byte == UInt8(ascii: " ") {
          spaces = count + 1
        } else {
          guard count > least else {
            throw failure(Self.quotationProblem, at: offset, context: "while scanning a quoted scalar", event.start)
          }
          spaces = nil
        }
      }
    }
  }

  private func column(of offset: Int, _ bytes: ParsedBytes) -> Int {
    var start = offset
    while let byte = bytes[start - 1], !byte.isLineEnd { start -= 1 }
    return offset - start
  }

  private func failure(
    _ problem: String, at offset: Int, context: String? = nil, _ contextOffset: Int? = nil
  ) -> SyntaxFailure {
    SyntaxFailure(problem: problem, offset: offset, context: context, contextOffset: contextOffset ?? offset)
  }
}
