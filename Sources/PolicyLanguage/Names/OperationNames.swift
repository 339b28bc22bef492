/// What the entries of `operations` are called.
enum OperationNames {
  /// What is wrong with a name or pattern; `nil` for a good one.
  static func complaint(about text: String) -> String? {
    if isPlain(text) { return nil }
    guard OperationPattern(text) == nil else {
      return text.split(separator: ".").lazy.compactMap { part in
        part == "*" || part == "**" ? nil : segmentComplaint(String(part))
      }.first
    }
    if text.split(separator: ".", omittingEmptySubsequences: false).contains("") {
      return "`\(text)` has an empty segment"
    }
    if text.split(separator: ".").dropLast().contains("**") { return "`**` stands before the end of `\(text)`" }
    return "`\(text)` has a wildcard inside a segment; `*` stands for a whole one"
  }

  /// Segments may begin with a digit; else they are like names.
  private static func segmentComplaint(_ segment: String) -> String? {
    NameText.complaint("a" + segment).map { _ in "`\(segment)` is not a segment of a name: letters, digits, `-` and `_`"
    }
  }

  /// Most names: lower-case words with single dots between them.
  private static func isPlain(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var before = UInt8(ascii: ".")
      for index in bytes.indices {
        let byte = unsafe bytes[index]
        let isDot = byte == UInt8(ascii: ".")
        guard isDot ? before != UInt8(ascii: ".") : isPlainLetter(byte) else { return false }
        before = byte
      }
      return before != UInt8(ascii: ".")
    }
  }

  private static func isPlainLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
  }
}
