/// What a name as most are is told by: words of lower-case ASCII letters, digits, `-` and `_`, with single dots between them.
///
/// Two such names are equal exactly when their bytes are, and no other text is equal to one; names of other scripts can be spelt
/// in several ways, which only a `String` knows.
package struct PlainName: Sendable {
  /// A number that equal names have in common; others may have the same.
  package let hash: Int

  /// `nil` for every other text. O(bytes).
  package init?(_ text: String) {
    var text = text
    guard let name = text.withUTF8({ unsafe PlainName(UnsafeRawBufferPointer($0).bytes) }) else { return nil }
    self = name
  }

  init?(_ bytes: RawSpan) {
    guard Self.isPlain(bytes) else { return nil }
    hash = bytes.hash
  }

  private static func isPlain(_ bytes: RawSpan) -> Bool {
    var before = UInt8(ascii: ".")
    for offset in 0..<bytes.byteCount {
      let byte = unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      guard byte == UInt8(ascii: ".") ? before != byte : isLetter(byte) else { return false }
      before = byte
    }
    return before != UInt8(ascii: ".")
  }

  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_")
  }
}
