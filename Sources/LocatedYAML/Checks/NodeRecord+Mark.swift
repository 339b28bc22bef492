extension NodeRecord {
  /// Something short that tells most texts apart: length, first, middle and last byte.
  ///
  /// - Parameter byte: The byte at an offset of what holds the text.
  @inline(__always)
  func mark(_ byte: (Int) -> UInt8) -> UInt64 {
    guard count > 0 else { return 0 }
    let first = Int(first)
    let count = Int(count)
    return UInt64(count) << 24 | UInt64(byte(first)) << 16 | UInt64(byte(first + count / 2)) << 8
      | UInt64(byte(first + count - 1))
  }
}
