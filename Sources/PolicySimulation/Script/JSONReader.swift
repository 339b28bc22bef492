/// Reads one JSON text (RFC 8259), strictly: nothing is repaired, no key stands twice, nothing follows the value.
struct JSONReader {
  /// How deep lists and objects may stand in each other: scripts need four.
  private static let maximumDepth = 16

  let bytes: ArraySlice<UInt8>
  var index: Int

  /// Reads all of `bytes`. Offsets count from the beginning of the slice. O(bytes).
  static func read(_ bytes: ArraySlice<UInt8>) throws(JSONProblem) -> JSONNode {
    var reader = JSONReader(bytes)
    let node = try reader.value(depth: 0)
    reader.skipSpace()
    if let byte = reader.peek {
      throw JSONProblem("\(Self.name(byte)) follows the end of the value", at: reader.offset, help: "one value a line")
    }
    return node
  }

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  var offset: Int { index - bytes.startIndex }
  var peek: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A { index += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONProblem) -> JSONNode {
    skipSpace()
    let start = offset
    switch peek {
    case nil: throw JSONProblem("the line ends where a value belongs", at: start)
    case UInt8(ascii: "{"):
      return JSONNode(value: .object(try members(depth: depth + 1)), offset: start)
    case UInt8(ascii: "["):
      return JSONNode(value: .array(try elements(depth: depth + 1)), offset: start)
    case UInt8(ascii: "\""): return JSONNode(value: .string(try string()), offset: start)
    case UInt8(ascii: "t"): return JSONNode(value: try word("true", .bool(true)), offset: start)
    case UInt8(ascii: "f"): return JSONNode(value: try word("false", .bool(false)), offset: start)
    case UInt8(ascii: "n"): return JSONNode(value: try word("null", .null), offset: start)
    case let byte?:
      if byte == UInt8(ascii: "-") || Self.isDigit(byte) {
        return JSONNode(value: .number(try number()), offset: start)
      }
      let help = byte == UInt8(ascii: "'") ? "texts stand in double quotes" : nil
      throw JSONProblem("\(Self.name(byte)) begins no JSON value", at: start, help: help)
    }
  }

  // MARK: Lists and objects

  private mutating func elements(depth: Int) throws(JSONProblem) -> [JSONNode] {
    let start = offset
    index += 1
    guard depth <= Self.maximumDepth else { throw Self.tooDeep(start) }
    var elements: [JSONNode] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try value(depth: depth))
      skipSpace()
      if take(UInt8(ascii: "]")) { return elements }
      guard take(UInt8(ascii: ",")) else { throw unclosed("list", "`,` or `]`", from: start) }
    }
  }

  private mutating func members(depth: Int) throws(JSONProblem) -> [JSONNode.Member] {
    let start = offset
    index += 1
    guard depth <= Self.maximumDepth else { throw Self.tooDeep(start) }
    var members: [JSONNode.Member] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return members }
    while true {
      members.append(try member(besides: members, depth: depth, from: start))
      skipSpace()
      if take(UInt8(ascii: "}")) { return members }
      guard take(UInt8(ascii: ",")) else { throw unclosed("object", "`,` or `}`", from: start) }
    }
  }

  private mutating func member(
    besides others: [JSONNode.Member], depth: Int, from start: Int
  ) throws(JSONProblem) -> JSONNode.Member {
    skipSpace()
    let keyOffset = offset
    guard peek == UInt8(ascii: "\"") else { throw unclosed("object", "a key in double quotes", from: start) }
    let key = try string()
    guard !others.contains(where: { $0.key == key }) else {
      throw JSONProblem("`\(key)` stands twice", at: keyOffset, help: "leave one of them out")
    }
    skipSpace()
    guard take(UInt8(ascii: ":")) else { throw JSONProblem("`:` is missing behind `\(key)`", at: offset) }
    return JSONNode.Member(key: key, offset: keyOffset, value: try value(depth: depth))
  }

  private func unclosed(_ what: String, _ wanted: String, from start: Int) -> JSONProblem {
    guard let byte = peek else { return JSONProblem("this \(what) is not closed", at: start) }
    return JSONProblem("\(Self.name(byte)) stands where \(wanted) belongs", at: offset)
  }

  private static func tooDeep(_ offset: Int) -> JSONProblem {
    JSONProblem("lists and objects stand more than \(maximumDepth) deep in each other", at: offset)
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  fileprivate static func name(_ byte: UInt8) -> String {
    byte > 0x20 && byte < 0x7F ? "`\(Unicode.Scalar(byte))`" : "a character"
  }
}
