internal import Synchronization

/// Records by the hashes of their names, with open addressing: one piece of memory, in which a record is looked for by walking on from
/// its hash's place.
///
/// Read while it is filled. A place is written once, its hash before its record; who sees the record sees the hash.
@safe struct NameBlock {
  private typealias Word = Atomic<UInt>

  /// Of one place: a hash, and the address of a record or 0. In front of the first place, as long as one: the number of places less one.
  private static let wordsInPlace = 2

  private let words: UnsafeMutablePointer<Atomic<UInt>>

  /// An empty block.
  ///
  /// - Parameter capacity: A power of two.
  init(capacity: Int) {
    let count = (capacity + 1) * Self.wordsInPlace
    unsafe words = .allocate(capacity: count)
    unsafe words.initialize(to: Atomic(UInt(capacity - 1)))
    for index in 1..<count { unsafe (words + index).initialize(to: Atomic(0)) }
  }

  @inline(__always)
  init(address: UInt) {
    // Only addresses of blocks come here, which are not zero.
    unsafe words = UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
  }

  var address: UInt { unsafe UInt(bitPattern: words) }

  private var mask: UInt {
    @inline(__always) get { unsafe words.pointee.load(ordering: .relaxed) }
  }

  var capacity: Int { Int(bitPattern: mask) + 1 }

  @inline(__always)
  private func hash(at place: UInt) -> UnsafeMutablePointer<Atomic<UInt>> {
    // In bounds: a place is below the capacity.
    unsafe words + Int(bitPattern: place &+ 1) &* Self.wordsInPlace
  }

  @inline(__always)
  private func record(at place: UInt) -> NameRecord? {
    let address = unsafe (hash(at: place) + 1).pointee.load(ordering: .acquiring)
    return unsafe UnsafeRawPointer(bitPattern: address).map { unsafe NameRecord(address: $0) }
  }

  /// The first record with this hash that `isWanted`. There must be a free place, at which the walk ends.
  @inline(__always)
  func find(_ hash: UInt64, where isWanted: (NameRecord) -> Bool) -> NameRecord? {
    let (mask, hash) = (mask, UInt(truncatingIfNeeded: hash))
    var place = hash & mask
    while let record = record(at: place) {
      if unsafe self.hash(at: place).pointee.load(ordering: .relaxed) == hash, isWanted(record) { return record }
      place = (place &+ 1) & mask
    }
    return nil
  }

  /// Puts a record in. There must be a free place, and no other writer.
  func insert(_ record: NameRecord, _ hash: UInt64) {
    let hash = UInt(truncatingIfNeeded: hash)
    var place = hash & mask
    while self.record(at: place) != nil { place = (place &+ 1) & mask }
    unsafe self.hash(at: place).pointee.store(hash, ordering: .relaxed)
    unsafe (self.hash(at: place) + 1).pointee.store(UInt(bitPattern: record.address), ordering: .releasing)
  }

  /// A block of twice the capacity with the same records.
  func doubled() -> NameBlock {
    let larger = NameBlock(capacity: capacity * 2)
    forEach { larger.insert($0, $1) }
    return larger
  }

  func forEach(_ body: (NameRecord, UInt64) -> Void) {
    for place in 0...mask {
      if let record = record(at: place) {
        body(record, UInt64(unsafe hash(at: place).pointee.load(ordering: .relaxed)))
      }
    }
  }

  /// Frees the memory of the block, not its records.
  func free() { unsafe words.deallocate() }
}
