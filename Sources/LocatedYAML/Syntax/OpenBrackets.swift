/// Which brackets are open at a place that the parser has not told about yet.
///
/// The parser looks ahead: a bracket may turn out to begin a key, so it is reported only when its line has ended. Between
/// the last thing reported and the place of an error this scan takes over, with the same idea of quotes and comments.
struct OpenBrackets {
  /// Where they open, outermost first.
  private(set) var offsets: [Int]
  private var quote: UInt8?
  private var isComment = false

  /// The brackets open at `end`, when those at `known` are open at `start`.
  init(_ bytes: [UInt8], known: [Int], from start: Int, to end: Int) {
    offsets = known
    var offset = start
    while offset < min(end, bytes.count) {
      read(bytes[offset], behind: offset > 0 ? bytes[offset - 1] : UInt8(ascii: "\n"), at: offset)
      offset += 1
    }
  }

  private mutating func read(_ byte: UInt8, behind before: UInt8, at offset: Int) {
    if isComment {
      isComment = !byte.isLineEnd
    } else if let open = quote {
      if byte == open, !(open == UInt8(ascii: "\"") && before == UInt8(ascii: #"\"#)) { quote = nil }
    } else {
      readUnquoted(byte, behind: before, at: offset)
    }
  }

  private mutating func readUnquoted(_ byte: UInt8, behind before: UInt8, at offset: Int) {
    let beginsToken = before.isBlankOrLineEnd || before.isFlowIndicator
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): if beginsToken { quote = byte }
    case UInt8(ascii: "#"): isComment = before.isBlankOrLineEnd
    case UInt8(ascii: "["), UInt8(ascii: "{"): if beginsToken || !offsets.isEmpty { offsets.append(offset) }
    case UInt8(ascii: "]"), UInt8(ascii: "}"): _ = offsets.popLast()
    default: break
    }
  }
}
