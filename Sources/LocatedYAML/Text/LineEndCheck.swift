/// One file, one kind of line end.
enum LineEndCheck {
  private enum LineEnd: CaseIterable {
    case lineFeed, carriageReturnLineFeed, carriageReturn

    var name: String {
      switch self {
      case .lineFeed: "LF"
      case .carriageReturnLineFeed: "CRLF"
      case .carriageReturn: "CR"
      }
    }

    var text: String {
      switch self {
      case .lineFeed: "\n"
      case .carriageReturnLineFeed: "\r\n"
      case .carriageReturn: "\r"
      }
    }
  }

  /// Above this many lines to change, converting the file is for a tool and not for a list of edits.
  private static let mostEdits = 1_000

  /// The finding, at the first line that ends otherwise than most; `nil` when all end alike. O(n).
  static func problem(in bytes: [UInt8]) -> Problem? {
    let ends = lineEnds(in: bytes)
    let counts = LineEnd.allCases.map { kind in (kind: kind, count: ends.count { $0.kind == kind }) }
    guard let most = counts.max(by: { $0.count < $1.count })?.kind else { return nil }
    let others = ends.filter { $0.kind != most }
    guard let first = others.first else { return nil }
    let used = counts.filter { $0.count > 0 }.map { "\($0.count) × \($0.kind.name)" }.joined(separator: ", ")
    return Problem(
      .mixedLineEnds, "this line ends with \(first.kind.name), most lines with \(most.name)", at: first.span,
      notes: ["line ends in this file: \(used)"], help: "end every line with \(most.name)",
      fix: others.count <= mostEdits ? others.map { Edit($0.span, most.text) } : nil)
  }

  private static func lineEnds(in bytes: [UInt8]) -> [(kind: LineEnd, span: ByteSpan)] {
    var ends: [(kind: LineEnd, span: ByteSpan)] = []
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\n") {
        ends.append((.lineFeed, ByteSpan(offset, offset + 1)))
      } else if byte == UInt8(ascii: "\r") {
        let isPair = offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n")
        ends.append((isPair ? .carriageReturnLineFeed : .carriageReturn, ByteSpan(offset, offset + (isPair ? 2 : 1))))
        offset += isPair ? 1 : 0
      }
      offset += 1
    }
    return ends
  }
}
