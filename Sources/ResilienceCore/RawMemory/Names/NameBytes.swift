/// The bytes of a name as words, for the time of one look-up.
///
/// A name of at most 16 bytes is its two words and its length. A longer one ends in its two words.
///
/// What must hold: the bytes stay where they are for that time. ``NameStore`` makes one within the closure that a string lends its bytes to, and lets
/// none out of it. Reads are at offsets below the count.
@safe struct NameBytes {
  let start: UnsafeRawPointer
  let count: Int
  let first: UInt64
  let second: UInt64

  /// `nil` for bytes that are nowhere.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = unsafe bytes.baseAddress.map({ unsafe UnsafeRawPointer($0) }) else { return nil }
    unsafe self.start = start
    count = bytes.count
    if count > 16 {
      first = unsafe Self.word(start + (count &- 16))
      second = unsafe Self.word(start + (count &- 8))
    } else if count >= 8 {
      // A short string was just written to the stack as two words: reads that cross them would wait for both.
      first = unsafe Self.word(start)
      second = unsafe Self.rest(start + 8, count &- 8)
    } else {
      first = unsafe Self.rest(start, count)
      second = 0
    }
  }

  /// How many bytes stand before the two words of a longer name, rounded up to pairs of words: as many as ``beginning(equals:)`` looks at.
  var beginningCount: Int { count > 16 ? (count &- 1) & ~15 : 0 }

  /// The name as a number, together with one more word that is looked up with it.
  ///
  /// Folded 128-bit products of words and seed, as in wyhash (Wang Yi, 2019). Whoever does not know the seed cannot choose names that fall
  /// together.
  @inline(__always)
  func hash(with tag: UInt, seed: NameSeed) -> UInt32 {
    let key = seed.first ^ UInt64(tag)
    var sum = Self.fold(first ^ seed.second, second ^ key) ^ UInt64(truncatingIfNeeded: count)
    // One product does not wait for the other; where its words stand is in it.
    var offset = 0
    while offset &+ 16 < count {
      let place = UInt64(truncatingIfNeeded: offset &+ 16)
      sum ^= Self.fold(
        unsafe Self.word(start + offset) ^ (seed.second &+ place), unsafe Self.word(start + (offset &+ 8)) ^ key)
      offset &+= 16
    }
    return UInt32(truncatingIfNeeded: sum)
  }

  /// Whether all but the words of a longer name are the bytes that lie there.
  @inline(__always)
  func beginning(equals other: UnsafeRawPointer) -> Bool {
    var offset = 0
    while offset &+ 16 < count {
      // At most the 16 bytes at the end are read twice.
      guard
        unsafe Self.word(start + offset) == other.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
        unsafe Self.word(start + (offset &+ 8))
          == other.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self)
      else { return false }
      offset &+= 16
    }
    return true
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  /// The eight bytes there, which must be bytes of the name.
  @inline(__always)
  private static func word(_ place: UnsafeRawPointer) -> UInt64 { unsafe place.loadUnaligned(as: UInt64.self) }

  /// The `count` bytes there, at most eight, as a word: different bytes of as many make different words.
  @inline(__always)
  private static func rest(_ start: UnsafeRawPointer, _ count: Int) -> UInt64 {
    guard count > 0 else { return 0 }
    if count >= 4 {
      let low = unsafe start.loadUnaligned(as: UInt32.self)
      let high = unsafe start.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
      return UInt64(low) | UInt64(high) << 32
    }
    let low = unsafe start.load(as: UInt8.self)
    let middle = unsafe start.load(fromByteOffset: count >> 1, as: UInt8.self)
    let high = unsafe start.load(fromByteOffset: count &- 1, as: UInt8.self)
    return UInt64(low) | UInt64(middle) << 8 | UInt64(high) << 16
  }
}

/// What makes the hashes of one table its own.
package struct NameSeed: Sendable {
  let first: UInt64
  let second: UInt64

  package init(first: UInt64, second: UInt64) {
    self.first = first
    self.second = second
  }

  /// A seed that nobody can guess.
  package static func random() -> NameSeed {
    var generator = SystemRandomNumberGenerator()
    return NameSeed(first: generator.next(), second: generator.next())
  }
}
