/// The words YAML 1.1 reads as true or false (yaml.org/type/bool.html).
enum BooleanWord {
  private static let truths = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]
  private static let falsehoods = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]

  /// Whether `text` is one of them.
  static func matches(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, "yYnNtTfFoO".utf8.contains(first) else { return false }
    let word = String(decoding: text, as: UTF8.self)
    return truths.contains(word) || falsehoods.contains(word)
  }

  /// What the word means to a reader of YAML 1.1.
  static func meaning(of word: String) -> String {
    truths.contains(word) ? "true" : "false"
  }
}
