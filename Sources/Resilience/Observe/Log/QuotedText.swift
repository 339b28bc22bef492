/// Text in a log line, so that a reader gets back exactly what was written and nothing in it can look like another line or
/// field, or move a terminal's cursor.
enum QuotedText {
  /// A JSON string.
  static func json(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars { append(scalar, to: &quoted) }
    return quoted + "\""
  }

  /// A `logfmt` value: as it is when it can be, else a JSON string.
  static func logfmt(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.unicodeScalars.allSatisfy { !isSpecial($0) && $0 != " " && $0 != "=" }
    return isPlain ? text : json(text)
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case _ where isSpecial(scalar):
      for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { text += "\\u" + hexadecimal(unit) }
    default: text.unicodeScalars.append(scalar)
    }
  }

  /// Quotes, backslashes, and what is not seen: control characters, separators of lines, marks that turn the direction.
  private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\"" || scalar == "\\" { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    case .spaceSeparator: return scalar != " "
    default: return false
    }
  }

  private static func hexadecimal(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
