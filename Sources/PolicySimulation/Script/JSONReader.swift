/// Reads one JSON text (RFC 8259), strictly: nothing is repaired, no key stands twice, nothing follows the value.
struct JSONReader {
  /// How deep lists and objects may stand in each other: scripts need four.
  private static let maximumDepth = 16

  private let bytes: ArraySlice<UInt8>
  private var index: Int

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

  private var offset: Int { index - bytes.startIndex }
  private var peek: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A { index += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
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

  // MARK: Scalars

  private mutating func word(
    _ word: StaticString, _ value: JSONNode.Value
  ) throws(JSONProblem) -> JSONNode.Value {
    let start = offset
    let text = word.description
    guard bytes[index...].starts(with: text.utf8) else { throw JSONProblem("this is no JSON value", at: start) }
    index += text.utf8.count
    return value
  }

  private mutating func number() throws(JSONProblem) -> String {
    let start = index
    let problem = JSONProblem("this is no JSON number", at: offset)
    _ = take(UInt8(ascii: "-"))
    let startsWithZero = peek == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0, whole == 1 || !startsWithZero else { throw problem }
    if take(UInt8(ascii: ".")) {
      guard digits() > 0 else { throw problem }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard digits() > 0 else { throw problem }
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func digits() -> Int {
    let start = index
    while let byte = peek, Self.isDigit(byte) { index += 1 }
    return index - start
  }

  private mutating func string() throws(JSONProblem) -> String {
    let start = offset
    index += 1
    var text: [UInt8] = []
    while let byte = peek {
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw JSONProblem("this text is not UTF-8", at: start)
        }
        return string
      case UInt8(ascii: "\\"): text += Array(try escaped().utf8)
      case ..<0x20:
        throw JSONProblem("a control character stands in a text", at: offset - 1, help: "write it as `\\u…`")
      default: text.append(byte)
      }
    }
    throw JSONProblem("this text is not closed", at: start)
  }

  private mutating func escaped() throws(JSONProblem) -> String {
    let start = offset - 1
    guard let byte = peek else { throw JSONProblem("this text is not closed", at: start) }
    index += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try scalar(from: start)
    default: throw JSONProblem("JSON has no escape `\\\(Unicode.Scalar(byte))`", at: start)
    }
  }

  /// The character of `\uXXXX`, or of two of them that are a surrogate pair.
  private mutating func scalar(from start: Int) throws(JSONProblem) -> String {
    var units = [try unit(from: start)]
    if UTF16.isLeadSurrogate(units[0]), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
      units.append(try unit(from: start))
    }
    guard let text = String(validating: units, as: UTF16.self) else {
      throw JSONProblem("this is half of a character", at: start)
    }
    return text
  }

  private mutating func unit(from start: Int) throws(JSONProblem) -> UInt16 {
    let digits = bytes[index...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw JSONProblem("four hexadecimal digits belong behind `\\u`", at: start) }
    index += 4
    return unit
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  fileprivate static func name(_ byte: UInt8) -> String {
    byte > 0x20 && byte < 0x7F ? "`\(Unicode.Scalar(byte))`" : "a character"
  }
}
