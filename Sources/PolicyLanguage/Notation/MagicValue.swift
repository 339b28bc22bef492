/// Texts that stand for "off" or "no limit" elsewhere.
enum MagicValue {
  private static let words: Set<String> = [
    "null", "~", "nil", "off", "disabled", "never", "unlimited", "infinite", "forever", "undefined",
  ]

  /// What to say of `text` where a value of its own kind is read; `nil` when it is no such text.
  static func advice(_ text: String) -> Advice? {
    if words.contains(text.lowercased()) || text == "none" {
      return Advice(.magicValue, "`\(text)` is no value here", help: "leave the field out, or write a value")
    }
    guard isZero(text) || text == "-1" else { return nil }
    return Advice(
      .magicValue, "`\(text)` stands for nothing here", help: "leave the field out, or write a value above zero")
  }

  /// `0`, `0.0`, `0s`, `0%`, `0/s`.
  private static func isZero(_ text: String) -> Bool {
    let number = text.prefix { $0.isASCIIDigit || $0 == "." }
    guard number.contains("0"), number.allSatisfy({ $0 == "0" || $0 == "." }) else { return false }
    return text.dropFirst(number.count).allSatisfy { $0.isLetter || $0 == "%" || $0 == "/" }
  }
}
