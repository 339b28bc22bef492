internal import LocatedYAML

/// A single value of a policy file.
struct NodeScalar: SingleValueDecodingContainer {
  let decoder: NodeDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }

  /// Nothing in a policy file is null.
  func decodeNil() -> Bool { false }

  func decode(_ type: Bool.Type) throws -> Bool { try decoder.flag() }
  func decode(_ type: String.Type) throws -> String { try decoder.text() }
  func decode(_ type: Double.Type) throws -> Double { try decoder.number() }
  func decode(_ type: Float.Type) throws -> Float { try decoder.number() }
  func decode(_ type: Int.Type) throws -> Int { try decoder.integer() }
  func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer() }
  func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer() }
  func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer() }
  func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer() }
  func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer() }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: decoder) }
}

extension NodeDecoder {
  func text() throws -> String {
    guard node.kind == .scalar else { throw mismatch(String.self, "a text") }
    return node.text
  }

  func flag() throws -> Bool {
    guard node.kind == .scalar else { throw mismatch(Bool.self, "`true` or `false`") }
    switch node.text {
    case "true": return true
    case "false": return false
    default: throw mismatch(Bool.self, "`true` or `false`")
    }
  }

  /// A decimal integer: digits without a leading zero, perhaps after a minus sign.
  func integer<Value: FixedWidthInteger>() throws -> Value {
    guard node.kind == .scalar, NumberText(node.text)?.isInteger == true else {
      throw mismatch(Value.self, "a whole number")
    }
    guard let value = Value(node.text) else {
      throw mismatch(Value.self, "a whole number from \(Value.min) to \(Value.max)")
    }
    return value
  }

  /// A decimal number, perhaps with a fraction and an exponent.
  func number<Value: BinaryFloatingPoint & LosslessStringConvertible>() throws -> Value {
    guard node.kind == .scalar, NumberText(node.text) != nil, let value = Value(node.text), value.isFinite else {
      throw mismatch(Value.self, "a number")
    }
    return value
  }
}

/// A text that is a decimal number, as JSON writes them.
private struct NumberText {
  private(set) var isInteger = true
  private var rest: Substring.UTF8View

  init?(_ text: String) {
    rest = text[...].utf8
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")), digits() == 0 { return nil }
    if take(UInt8(ascii: ".")) {
      isInteger = false
      if digits() == 0 { return nil }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isInteger = false
      if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
      if digits() == 0 { return nil }
    }
    if !rest.isEmpty { return nil }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func digits() -> Int {
    let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    rest.removeFirst(count)
    return count
  }
}
