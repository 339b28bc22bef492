#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A view of the bytes under the parser, valid as long as ``EventReader/withEvents(of:isASCII:_:)`` runs.
@safe struct ParsedBytes {
  private let buffer: UnsafeBufferPointer<UInt8>
  let count: Int

  init(_ buffer: UnsafeBufferPointer<UInt8>) {
    unsafe self.buffer = buffer
    count = buffer.count
  }

  /// The byte at `offset`; `nil` outside the text.
  subscript(offset: Int) -> UInt8? {
    guard offset >= 0, offset < count else { return nil }
    return unsafe buffer[offset]
  }

  /// Whether the text has exactly `other` at `offset`.
  func hasPrefix(_ other: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    guard offset >= 0, offset <= count, other.count <= count - offset else { return false }
    guard let mine = unsafe buffer.baseAddress, let theirs = other.baseAddress else { return other.isEmpty }
    return unsafe memcmp(mine + offset, theirs, other.count) == 0
  }
}
