/// Words, numbers and texts.
extension JSONReader {
  mutating func word(
    _ word: StaticString, _ value: JSONNode.Value
  ) throws(JSONProblem) -> JSONNode.Value {
    let start = offset
    let text = word.description
    guard bytes[index...].starts(with: text.utf8) else { throw JSONProblem("this is no JSON value", at: start) }
    index += text.utf8.count
    return value
  }

  mutating func number() throws(JSONProblem) -> String {
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

  mutating func string() throws(JSONProblem) -> String {
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
}
