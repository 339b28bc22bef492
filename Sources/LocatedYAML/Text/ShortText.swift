/// A text of up to 16 bytes in two words, so that most names can be compared without a `String`.
@frozen @usableFromInline
package struct ShortText: Hashable, Sendable {
  @usableFromInline var low: UInt64 = 0
  @usableFromInline var high: UInt64 = 0
  @usableFromInline let count: UInt8

  static let capacity = 16

  /// `nil` for a longer text. O(bytes).
  package init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.count <= Self.capacity else { return nil }
    count = UInt8(truncatingIfNeeded: bytes.count)
    for (offset, byte) in bytes.enumerated() { put(byte, at: offset) }
  }

  /// `nil` for a longer text.
  init?(_ bytes: RawSpan) {
    let length = bytes.byteCount
    guard length <= Self.capacity else { return nil }
    count = UInt8(truncatingIfNeeded: length)
    if length >= 8 {
      // The second word begins before the first one ends; what both have is shifted out of it.
      low = UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self))
      let last = UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: length - 8, as: UInt64.self))
      high = last >> UInt64(truncatingIfNeeded: (16 - length) * 8)
    } else {
      for offset in 0..<length { put(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self), at: offset) }
    }
  }

  @inlinable
  package static func == (left: ShortText, right: ShortText) -> Bool {
    left.low == right.low && left.high == right.high && left.count == right.count
  }

  private mutating func put(_ byte: UInt8, at offset: Int) {
    let shifted = UInt64(byte) &<< UInt64(truncatingIfNeeded: (offset & 7) * 8)
    if offset < 8 { low |= shifted } else { high |= shifted }
  }
}
