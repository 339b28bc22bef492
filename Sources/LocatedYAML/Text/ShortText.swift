/// A text of up to 16 bytes in two words, so that most names can be compared without a `String`.
package struct ShortText: Hashable, Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private let count: UInt8

  static let capacity = 16

  /// `nil` for a longer text. O(bytes).
  package init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.count <= Self.capacity else { return nil }
    count = UInt8(truncatingIfNeeded: bytes.count)
    for (offset, byte) in bytes.enumerated() { put(byte, at: offset) }
  }

  /// `nil` for a longer text. O(bytes).
  init?(_ bytes: RawSpan) {
    guard bytes.byteCount <= Self.capacity else { return nil }
    count = UInt8(truncatingIfNeeded: bytes.byteCount)
    for offset in 0..<bytes.byteCount {
      put(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self), at: offset)
    }
  }

  private mutating func put(_ byte: UInt8, at offset: Int) {
    let shifted = UInt64(byte) &<< UInt64(truncatingIfNeeded: (offset & 7) * 8)
    if offset < 8 { low |= shifted } else { high |= shifted }
  }
}
