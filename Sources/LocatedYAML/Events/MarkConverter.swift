/// Turns the parser's marks, which count code points, into byte offsets.
///
/// In a file of ASCII both are the same number. Elsewhere the converter remembers the last place it was asked for and
/// walks from there: events come in file order, so a whole file costs one walk.
struct MarkConverter {
  private let isASCII: Bool
  private let base: Int
  private var index = 0
  private var offset: Int

  /// A converter for a text that begins at byte `base` of its buffer.
  init(isASCII: Bool, base: Int) {
    self.isASCII = isASCII
    self.base = base
    offset = base
  }

  /// The byte offset of code point `mark` in `bytes`, cut to the buffer.
  @inline(__always)
  mutating func offset(of mark: Int, in bytes: ParsedBytes) -> Int {
    isASCII ? min(base + mark, bytes.count) : walk(to: mark, in: bytes)
  }

  private mutating func walk(to mark: Int, in bytes: ParsedBytes) -> Int {
    while index < mark, offset < bytes.count {
      offset += 1
      while let byte = bytes[offset], Self.continues(byte) { offset += 1 }
      index += 1
    }
    while index > mark, offset > base {
      offset -= 1
      while offset > base, let byte = bytes[offset], Self.continues(byte) { offset -= 1 }
      index -= 1
    }
    return offset
  }

  private static func continues(_ byte: UInt8) -> Bool { byte & 0b1100_0000 == 0b1000_0000 }
}
