/// Finds a node's anchor, tag and value start in the source.
///
/// The parser reports one start for all three. Between them stand blanks, line ends and comments only.
struct PropertyScan {
  private(set) var anchorSpan: ByteSpan?
  private(set) var tagSpan: ByteSpan?
  /// Where the value begins.
  private(set) var valueStart: Int

  /// Looks through `bytes` from `start`, where an anchor or a tag stands, to `end` at most.
  init(_ bytes: [UInt8], from start: Int, to end: Int) {
    var offset = start
    let end = min(end, bytes.count)
    scan: while offset < end {
      switch bytes[offset] {
      case UInt8(ascii: "&") where anchorSpan == nil:
        let stop = Self.endOfName(bytes, from: offset + 1, to: end)
        anchorSpan = ByteSpan(offset, stop)
        offset = stop
      case UInt8(ascii: "!") where tagSpan == nil:
        let stop = Self.endOfTag(bytes, from: offset + 1, to: end)
        tagSpan = ByteSpan(offset, stop)
        offset = stop
      case UInt8(ascii: "#"):
        while offset < end, !bytes[offset].isLineEnd { offset += 1 }
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        offset += 1
      default:
        break scan
      }
    }
    valueStart = offset
  }

  /// libyaml's anchors are made of ASCII letters, digits, `_` and `-`.
  private static func endOfName(_ bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var offset = start
    while offset < end, bytes[offset].isAnchorCharacter { offset += 1 }
    return offset
  }

  private static func endOfTag(_ bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var offset = start
    if offset < end, bytes[offset] == UInt8(ascii: "<") {
      while offset < end, bytes[offset] != UInt8(ascii: ">") { offset += 1 }
      return min(offset + 1, end)
    }
    while offset < end, !bytes[offset].isBlankOrLineEnd, !bytes[offset].isFlowIndicator {
      offset += 1
    }
    return offset
  }

}
