extension TextNotation where Value == String {
  /// Any text that is not empty.
  static var text: TextNotation { named("text", examples: ["team-users"]) }

  /// Any text that is not empty, under a name that says what it is.
  static func named(_ name: String, examples: [String]) -> TextNotation {
    TextNotation(
      .text(TextShape(name, examples: examples, pattern: nil)),
      parse: { text throws(Advice) in
        if text.isEmpty { throw Advice(.emptyValue, "the text is empty", help: "leave the field out, or write a text") }
        return text
      },
      show: { $0 })
  }

  /// A path of a file, relative to the file it stands in.
  static var path: TextNotation { named("path", examples: ["shared/errors.yaml"]) }
  /// A label of a call.
  static var label: TextNotation { named("label", examples: ["tenant"]) }
}
