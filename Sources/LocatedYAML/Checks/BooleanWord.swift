/// The words YAML 1.1 reads as true or false (yaml.org/type/bool.html): `yEs` is a text even there.
enum BooleanWord {
  private static let meanings: [String: Bool] = [
    "y": true, "Y": true, "yes": true, "Yes": true, "YES": true, "true": true, "True": true, "TRUE": true, "on": true,
    "On": true, "ON": true, "n": false, "N": false, "no": false, "No": false, "NO": false, "false": false,
    "False": false, "FALSE": false, "off": false, "Off": false, "OFF": false,
  ]

  /// What `text` means to a reader of YAML 1.1; `nil` for every other text.
  static func meaning(of text: String) -> Bool? { meanings[text] }

  /// Whether one of the words has `count` letters and begins with `letter`: a look before the text is made a string.
  static func mayBegin(with letter: UInt8, count: Int) -> Bool {
    switch (letter | 0x20, count) {
    case (UInt8(ascii: "y"), 1), (UInt8(ascii: "y"), 3), (UInt8(ascii: "n"), 1), (UInt8(ascii: "n"), 2),
      (UInt8(ascii: "o"), 2), (UInt8(ascii: "o"), 3), (UInt8(ascii: "t"), 4), (UInt8(ascii: "f"), 5):
      true
    default: false
    }
  }
}
