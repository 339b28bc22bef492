/// Texts that YAML readers take for different numbers, or for none.
enum NumberTrap {
  /// What to say of `text` where a number is read; `nil` when it is no such text.
  ///
  /// `unit` is what a number here ends with, such as `ms`; it is kept.
  static func advice(_ text: String) -> Advice? {
    if isOrdinary(text) { return nil }
    let lower = text.lowercased()
    let unsigned = lower.first == "-" || lower.first == "+" ? String(lower.dropFirst()) : lower
    if [".inf", "inf", "infinity", ".nan", "nan"].contains(unsigned) {
      return Advice(.numberNotation, "`\(text)` is not a number here")
    }
    return prefixed(text, unsigned) ?? underscored(text) ?? octal(text, unsigned) ?? sexagesimal(text, unsigned)
  }

  /// Whether no trap begins as the text does, or is spelt with nothing that it has. Most numbers are like that.
  private static func isOrdinary(_ text: String) -> Bool {
    guard let first = text.utf8.first, UInt8(ascii: "1")...UInt8(ascii: "9") ~= first else { return false }
    return text.utf8.allSatisfy { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: ":") }
  }

  private static func prefixed(_ text: String, _ unsigned: String) -> Advice? {
    for (prefix, radix, name) in [("0x", 16, "hexadecimal"), ("0b", 2, "binary"), ("0o", 8, "octal")]
    where unsigned.hasPrefix(prefix) {
      guard let value = Int(unsigned.dropFirst(2), radix: radix) else { return nil }
      return Advice(.numberNotation, "`\(text)` is \(name); numbers are decimal", replacement: "\(value)")
    }
    return nil
  }

  private static func underscored(_ text: String) -> Advice? {
    guard text.contains("_"), text.first?.isASCIIDigit == true else { return nil }
    let plain = text.filter { $0 != "_" }
    guard plain.allSatisfy({ $0.isASCIIDigit || $0.isLetter || "./%".contains($0) }) else { return nil }
    return Advice(
      .numberNotation, "`\(text)` has an underscore, which makes it text to some readers", replacement: plain)
  }

  private static func octal(_ text: String, _ unsigned: String) -> Advice? {
    let digits = unsigned.prefix { $0.isASCIIDigit }
    guard digits.count > 1, digits.first == "0", unsigned.dropFirst(digits.count).first != "." else { return nil }
    let rest = unsigned.dropFirst(digits.count)
    guard rest.allSatisfy({ $0.isLetter || $0 == "%" || $0 == "/" }), let decimal = Int(digits) else { return nil }
    let octal = Int(digits, radix: 8).map { "\($0)" } ?? "no number"
    return Advice(
      .numberNotation, "`\(text)` is \(octal) to YAML 1.1 and \(decimal) to YAML 1.2", replacement: "\(decimal)\(rest)",
      safety: .unsafe)
  }

  private static func sexagesimal(_ text: String, _ unsigned: String) -> Advice? {
    let parts = unsigned.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 else { return nil }
    var value = 0
    for part in parts {
      guard part.count <= 4, part.allSatisfy(\.isASCIIDigit), let number = Int(part) else { return nil }
      value = value * 60 + number
    }
    return Advice(.numberNotation, "`\(text)` is \(value) to YAML 1.1 and text to YAML 1.2")
  }
}

extension Character {
  /// Whether it is one of `0` to `9`; other scripts' digits are not.
  var isASCIIDigit: Bool { ("0"..."9").contains(self) && utf8.count == 1 }
}
