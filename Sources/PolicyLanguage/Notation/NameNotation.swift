/// What a name of an element looks like: letters of any script, digits, `-`, `_` and `.`, the first a letter.
enum NameText {
  /// What is wrong with `text` as a name; `nil` for a good one.
  static func complaint(_ text: String) -> String? {
    if isPlain(text) { return nil }
    guard let first = text.unicodeScalars.first else { return "the name is empty" }
    guard first.properties.isAlphabetic else { return "`\(text)` does not begin with a letter" }
    let wrong = text.unicodeScalars.first {
      !$0.properties.isAlphabetic && !("0"..."9").contains($0) && $0 != "-" && $0 != "_" && $0 != "."
    }
    return wrong.map { "`\(text)` has `\($0)`, which no name has" }
  }

  /// Most names: ASCII only.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy {
      isLetter($0) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) }
}
