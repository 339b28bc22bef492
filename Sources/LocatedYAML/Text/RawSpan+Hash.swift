extension RawSpan {
  /// A number that equal bytes have in common; not negative. Nobody relies on unequal ones having different numbers.
  var hash: Int {
    // Multiplication by 2⁶⁴ divided by the golden ratio (Knuth), for each word.
    let spread: UInt64 = 0x9E37_79B9_7F4A_7C15
    var sum = UInt64(truncatingIfNeeded: byteCount)
    var offset = 0
    while offset + 8 <= byteCount {
      unsafe sum = (sum ^ unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* spread
      sum ^= sum >> 29
      offset += 8
    }
    while offset < byteCount {
      unsafe sum = (sum ^ UInt64(unsafeLoad(fromByteOffset: offset, as: UInt8.self))) &* spread
      offset += 1
    }
    return Int(truncatingIfNeeded: sum >> 24)
  }

  func isEqual(to other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    var offset = 0
    while offset + 8 <= byteCount {
      guard
        unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
          == other.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      else { return false }
      offset += 8
    }
    while offset < byteCount {
      guard
        unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
          == other.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      else { return false }
      offset += 1
    }
    return true
  }
}
