/// What YAML forbids and libyaml 0.2.5 lets pass, as far as a look at the source is cheap.
///
/// Each of these hides a mistake: a quotation closed by the opening quote of a later one reads well, and says something
/// else than its author meant.
struct StrictSyntax {
  /// The open collections: where a block collection begins, or one of the marks below.
  private var open: ContiguousArray<Int> = []
  private var documentEndIsImplicit = false

  private static let flow = -1
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
      open.append(event.style == .flow ? Self.flow : event.hasProperties ? Self.unknownColumn : event.start)
    case .mappingEnd, .sequenceEnd:
      _ = open.popLast()
    case .documentStart:
      if event.hasDirectives, documentEndIsImplicit { throw failure(Self.directiveProblem, at: event.start) }
    case .documentEnd:
      documentEndIsImplicit = event.isImplicit
    case .alias, .streamStart, .streamEnd, .none:
      return
    }
  }

  private func checkScalar(_ event: Event, _ bytes: ParsedBytes) throws(SyntaxFailure) {
    if event.style == .plain {
      guard event.end - event.start == 1, open.last == Self.flow else { return }
      if bytes[event.start] == UInt8(ascii: "-") { throw failure(Self.dashProblem, at: event.start) }
    } else if !event.isOnOneLine, event.style == .singleQuoted || event.style == .doubleQuoted {
      try checkIndentation(event, bytes)
    }
  }

  /// Each line of a quotation has to be indented deeper than the block collection around it.
  private func checkIndentation(_ event: Event, _ bytes: ParsedBytes) throws(SyntaxFailure) {
    guard let start = open.last(where: { $0 != Self.flow }), start != Self.unknownColumn else { return }
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
