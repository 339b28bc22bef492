/// Any value of a policy file, as text to print.
///
/// Text is printed as it is; anything else as JSON in one line, with the keys of a map in the order of the file.
struct PrintedValue: Decodable, Hashable, Sendable {
  let text: String

  init(from decoder: any Decoder) throws {
    let value = try JSONValue(from: decoder)
    if case .text(let text) = value { self.text = text } else { text = value.json }
  }
}

/// A value as JSON knows it.
private enum JSONValue: Decodable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case map([(key: String, value: JSONValue)])

  init(from decoder: any Decoder) throws {
    if let map = try? decoder.container(keyedBy: AnyKey.self) {
      self = .map(try map.allKeys.map { ($0.stringValue, try map.decode(JSONValue.self, forKey: $0)) })
    } else if var list = try? decoder.unkeyedContainer() {
      var values: [JSONValue] = []
      while !list.isAtEnd { values.append(try list.decode(JSONValue.self)) }
      self = .list(values)
    } else {
      self = try JSONValue(scalar: decoder.singleValueContainer())
    }
  }

  private init(scalar: any SingleValueDecodingContainer) throws {
    if scalar.decodeNil() {
      self = .null
    } else if let bool = try? scalar.decode(Bool.self) {
      self = .bool(bool)
    } else if let integer = try? scalar.decode(Int64.self) {
      self = .integer(integer)
    } else if let number = try? scalar.decode(Double.self), number.isFinite {
      self = .number(number)
    } else {
      self = .text(try scalar.decode(String.self))
    }
  }

  var json: String {
    switch self {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .text(let text): JSONText.quote(text)
    case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
    case .map(let entries):
      "{" + entries.map { "\(JSONText.quote($0.key)):\($0.value.json)" }.joined(separator: ",") + "}"
    }
  }
}

private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { return nil }
}

/// Text as JSON writes it (RFC 8259, section 7).
private enum JSONText {
  static func quote(_ text: String) -> String { "\"" + text.unicodeScalars.map(escape).joined() + "\"" }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case _ where scalar.value < 0x20: "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
    default: String(scalar)
    }
  }
}
