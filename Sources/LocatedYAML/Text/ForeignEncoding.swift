/// Whole files in an encoding other than UTF-8, recognised by their first bytes.
enum ForeignEncoding {
  /// The name of the encoding `bytes` begin in, or `nil` when it may be UTF-8.
  ///
  /// A byte order mark decides. Without one, YAML begins with an ASCII character, so the places of the zero bytes among
  /// the first four tell the width and the order (YAML 1.2.2, section 5.2).
  static func name(of bytes: [UInt8]) -> String? {
    let first = bytes.prefix(4)
    if first.starts(with: [0x00, 0x00, 0xFE, 0xFF]) || isZero(first, [true, true, true, false]) { return "UTF-32BE" }
    if first.starts(with: [0xFF, 0xFE, 0x00, 0x00]) || isZero(first, [false, true, true, true]) { return "UTF-32LE" }
    if first.starts(with: [0xFE, 0xFF]) || isZero(first, [true, false, true, false]) { return "UTF-16BE" }
    if first.starts(with: [0xFF, 0xFE]) || isZero(first, [false, true, false, true]) { return "UTF-16LE" }
    return nil
  }

  private static func isZero(_ bytes: ArraySlice<UInt8>, _ pattern: [Bool]) -> Bool {
    bytes.map { $0 == 0 } == pattern
  }

  static func problem(_ name: String, _ bytes: [UInt8]) -> Problem {
    Problem(
      .otherEncoding, "the file is \(name); only UTF-8 is read", at: ByteSpan(0, min(bytes.count, 4)),
      help: "save it as UTF-8, for example with `iconv -f \(name) -t UTF-8`")
  }
}
