extension TextNotation where Value == Bool {
  static var flag: TextNotation {
    TextNotation(
      .flag, parse: { text throws(Advice) in try FlagText.parse(text) }, show: { $0 ? "true" : "false" })
  }
}

/// The text form of flags.
enum FlagText {
  private static let yes: Set<String> = ["true", "yes", "y", "on", "1", "enabled", "t"]
  private static let no: Set<String> = ["false", "no", "n", "off", "0", "disabled", "f"]

  static func parse(_ text: String) throws(Advice) -> Bool {
    switch text {
    case "true": return true
    case "false": return false
    default: throw advice(text)
    }
  }

  private static func advice(_ text: String) -> Advice {
    let meant = meant(by: text)
    return Advice(
      .wrongType, "`\(text)` is not a flag", help: meant == nil ? "write `true` or `false`" : nil, replacement: meant)
  }

  /// What a text that other readers take for a flag says.
  static func meant(by text: String) -> String? {
    let lower = text.lowercased()
    return yes.contains(lower) ? "true" : no.contains(lower) ? "false" : nil
  }
}

extension TextNotation {
  /// One of a few words, each standing for a value.
  static func words(_ choices: [(word: Word, value: Value)]) -> TextNotation {
    TextNotation(
      .words(choices.map(\.word)),
      parse: { text throws(Advice) in
        for choice in choices where choice.word.text == text { return choice.value }
        throw WordText.advice(text, among: choices.map(\.word.text))
      },
      show: { value in choices.first { $0.value == value }?.word.text })
  }
}

/// What to say of a word that is none of those a field knows.
enum WordText {
  static func advice(_ text: String, among words: [String]) -> Advice {
    if words.contains("true"), let flag = FlagText.meant(by: text) {
      return Advice(.wrongType, "`\(text)` is not known here", replacement: flag)
    }
    if words.contains("none"), let magic = MagicValue.advice(text) {
      return Advice(.magicValue, magic.message, replacement: "none", safety: .unsafe)
    }
    if let near = NearestName(to: text, among: words).best {
      return Advice(.wrongType, "`\(text)` is not known here", replacement: near)
    }
    return Advice(
      .wrongType, "`\(text)` is not known here", help: "write \(words.map { "`\($0)`" }.joinedAsAlternatives)")
  }
}
