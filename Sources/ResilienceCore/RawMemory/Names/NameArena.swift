import Synchronization

/// Memory for records, one behind the other, that never moves: looked through in the order in which it was filled, it is read in order.
///
/// Chunks, each twice as long as the one before. A place is a number of words from the beginning of the first.
///
/// What must hold: only places are looked at that ``place(for:after:)`` gave, one writer at a time, and nothing after ``free()``. Places reach
/// readers through a ``NameBlock``, released after the chunk's address and the record were written.
@safe struct NameArena: @unchecked Sendable {
  /// The words of the first chunk: a power of two.
  private static let first: UInt = 64
  private static let firstWidth = 7
  /// Enough for all places of 32 bits.
  private static let most = 27

  /// The address of each chunk, 0 for those to come. Written before any place in the chunk is told of.
  private let chunks: UnsafeMutablePointer<Atomic<UInt>>

  init() {
    unsafe chunks = .allocate(capacity: Self.most)
    for index in 0..<Self.most { unsafe (chunks + index).initialize(to: Atomic(0)) }
  }

  /// What lies at a place that ``place(for:after:)`` gave.
  @inline(__always)
  subscript(place: UInt32) -> UnsafeMutableRawPointer {
    let (chunk, offset) = Self.split(place)
    // Only places come here whose chunk is there.
    let base = unsafe (chunks + chunk).pointee.load(ordering: .relaxed)
    return unsafe UnsafeMutableRawPointer(bitPattern: base).unsafelyUnwrapped + Int(bitPattern: offset &* 8)
  }

  /// A place for so many words at or after `next`, within one chunk; `nil` when that is more than there is room for. For one writer at a time.
  func place(for words: Int, after next: UInt32) -> UInt32? {
    var place = UInt64(next)
    while let number = UInt32(exactly: place) {
      let (chunk, offset) = Self.split(number)
      let length = Self.first << UInt(chunk)
      guard chunk < Self.most, UInt64(number) + UInt64(length - offset) <= UInt64(UInt32.max) else { return nil }
      if UInt(words) <= length - offset {
        makeChunk(chunk, of: length)
        return number
      }
      place += UInt64(length - offset)
    }
    return nil
  }

  func free() {
    for index in 0..<Self.most {
      unsafe UnsafeMutableRawPointer(bitPattern: (chunks + index).pointee.load(ordering: .relaxed))?.deallocate()
    }
    unsafe chunks.deallocate()
  }

  private func makeChunk(_ chunk: Int, of words: UInt) {
    guard unsafe (chunks + chunk).pointee.load(ordering: .relaxed) == 0 else { return }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: Int(words) * 8, alignment: 8)
    unsafe (chunks + chunk).pointee.store(UInt(bitPattern: memory), ordering: .relaxed)
  }

  @inline(__always)
  private static func split(_ place: UInt32) -> (chunk: Int, offset: UInt) {
    // With one first chunk's length more, the highest bit tells the chunk.
    let shifted = UInt(place) &+ first
    let chunk = UInt.bitWidth &- shifted.leadingZeroBitCount &- firstWidth
    return (chunk, shifted &- first &<< UInt(bitPattern: chunk))
  }
}
