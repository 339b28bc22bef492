import Synchronization

/// Memory for records, one behind the other, that never moves: looked through in the order in which it was filled, it is read in order.
///
/// Chunks, each twice as long as the one before. A place is a number of words from the beginning of the first.
///
/// What must hold: only places are looked at that ``place(for:after:)`` gave, one writer at a time, and nothing after ``free()``. Places reach
/// readers through a ``NameBlock``, released after the chunk's origin and the record were written.
@safe struct NameArena: @unchecked Sendable {
  /// The words of the first chunk: a power of two.
  private static let first: UInt = 64
  private static let firstWidth = 7
  /// Enough for all places of 32 bits.
  private static let most = 27

  /// Of each chunk where the word would lie whose number is the length of one first chunk less than nothing, if the chunk reached so far: from there
  /// a look-up has a single step to a place. 0 for chunks to come. Written before any place in the chunk is told of.
  private let origins: UnsafeMutablePointer<Atomic<UInt>>

  init() {
    unsafe origins = .allocate(capacity: Self.most)
    for index in 0..<Self.most { unsafe (origins + index).initialize(to: Atomic(0)) }
  }

  /// What lies at a place that ``place(for:after:)`` gave.
  @inline(__always)
  subscript(place: UInt32) -> UnsafeMutableRawPointer {
    let number = Self.number(place)
    // Only places come here whose chunk is there.
    let origin = unsafe (origins + Self.chunk(number)).pointee.load(ordering: .relaxed)
    return unsafe UnsafeMutableRawPointer(bitPattern: origin &+ number &* 8).unsafelyUnwrapped
  }

  /// A place for so many words at or after `next`, within one chunk; `nil` when that is more than there is room for. For one writer at a time.
  func place(for words: Int, after next: UInt32) -> UInt32? {
    var place = UInt64(next)
    while let number = UInt32(exactly: place) {
      let chunk = Self.chunk(Self.number(number))
      let length = Self.first << UInt(chunk)
      let offset = Self.number(number) - length
      guard chunk < Self.most, UInt64(number) + UInt64(length - offset) <= UInt64(UInt32.max) else { return nil }
      if UInt(words) <= length - offset {
        // The first place that is given in a chunk is at its beginning.
        if offset == 0 { makeChunk(chunk, of: length) }
        return number
      }
      place += UInt64(length - offset)
    }
    return nil
  }

  func free() {
    for chunk in 0..<Self.most {
      let origin = unsafe (origins + chunk).pointee.load(ordering: .relaxed)
      if origin != 0 { unsafe UnsafeMutableRawPointer(bitPattern: origin &+ Self.distance(to: chunk))?.deallocate() }
    }
    unsafe origins.deallocate()
  }

  private func makeChunk(_ chunk: Int, of words: UInt) {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: Int(words) * 8, alignment: 8)
    unsafe (origins + chunk).pointee.store(UInt(bitPattern: memory) &- Self.distance(to: chunk), ordering: .relaxed)
  }

  /// A place as it is counted here: with one first chunk's length more the highest bit tells the chunk, and a chunk's first word has no other bit.
  @inline(__always)
  private static func number(_ place: UInt32) -> UInt { UInt(place) &+ first }

  @inline(__always)
  private static func chunk(_ number: UInt) -> Int { UInt.bitWidth &- number.leadingZeroBitCount &- firstWidth }

  /// The bytes from a chunk's origin to its first word.
  private static func distance(to chunk: Int) -> UInt { (first << UInt(chunk)) &* 8 }
}
