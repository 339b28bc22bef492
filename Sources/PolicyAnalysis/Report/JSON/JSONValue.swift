/// A JSON value whose keys keep the order in which they are written (RFC 8259).
indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(Int)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// Text, or null.
  static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// The value on one line; the elements of the outermost lists on lines of their own down to `breaks` levels.
  func text(breaks: Int = 0) -> String {
    var text = ""
    write(to: &text, breaks: breaks)
    return text
  }

  private func write(to text: inout String, breaks: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += "\(value)"
    case .string(let value): Self.write(value, to: &text)
    case .array(let values):
      Self.write(values, between: ("[", "]"), to: &text, breaks: breaks) { $0.write(to: &$1, breaks: breaks - 1) }
    case .object(let entries):
      Self.write(entries, between: ("{", "}"), to: &text, breaks: breaks) { entry, text in
        Self.write(entry.key, to: &text)
        text += ":"
        entry.value.write(to: &text, breaks: breaks - 1)
      }
    }
  }

  private static func write<Element>(
    _ elements: [Element], between brackets: (String, String), to text: inout String, breaks: Int,
    _ writeElement: (Element, inout String) -> Void
  ) {
    text += brackets.0
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      if breaks > 0 { text += "\n" }
      writeElement(element, &text)
    }
    if breaks > 0, !elements.isEmpty { text += "\n" }
    text += brackets.1
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: text += escaped(scalar.value)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  private static func escaped(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
