import Synchronization

/// Places of records by the hashes of their names, with open addressing: one piece of memory, in which a record is looked for by walking on
/// from where its hash points.
///
/// Read while it is filled: a word is written once, after its record.
///
/// What must hold: one writer at a time, at least one free slot, places of records only, and no reader after ``free()``. ``NameStore`` makes a
/// larger block in time, keeps the old ones for those who look into them, and frees all with itself.
@safe struct NameBlock {
  /// In front the number of slots less one. Then the slots: half a hash above a place and one, or 0.
  private let words: UnsafeMutablePointer<Atomic<UInt>>

  /// An empty block.
  ///
  /// - Parameter capacity: A power of two, at most 2³¹.
  init(capacity: Int) {
    unsafe words = .allocate(capacity: capacity + 1)
    unsafe words.initialize(to: Atomic(UInt(capacity - 1)))
    for index in 1...capacity { unsafe (words + index).initialize(to: Atomic(0)) }
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
  private func slot(_ index: UInt) -> UnsafeMutablePointer<Atomic<UInt>> {
    // In bounds: an index is below the capacity.
    unsafe words + Int(bitPattern: index &+ 1)
  }

  /// The first record with this half of a hash that `isWanted`. There must be a free slot, at which the walk ends.
  @inline(__always)
  func find(_ hash: UInt32, in arena: NameArena, where isWanted: (NameRecord) -> Bool) -> NameRecord? {
    let mask = mask
    var index = UInt(hash) & mask
    while true {
      let word = unsafe slot(index).pointee.load(ordering: .acquiring)
      if word == 0 { return nil }
      if word >> 32 == UInt(hash) {
        let record = unsafe NameRecord(address: arena[Self.place(word)])
        if isWanted(record) { return record }
      }
      index = (index &+ 1) & mask
    }
  }

  /// Puts a record's place in. There must be a free slot, and no other writer.
  func insert(_ place: UInt32, _ hash: UInt32) { insert(UInt(hash) << 32 | UInt(place) + 1) }

  private func insert(_ word: UInt) {
    var index = word >> 32 & mask
    while unsafe slot(index).pointee.load(ordering: .relaxed) != 0 { index = (index &+ 1) & mask }
    unsafe slot(index).pointee.store(word, ordering: .releasing)
  }

  /// A block of twice the capacity with the same places.
  func doubled() -> NameBlock {
    let larger = NameBlock(capacity: capacity * 2)
    forEachWord(larger.insert)
    return larger
  }

  func visit(_ body: (UInt32) -> Void) { forEachWord { body(Self.place($0)) } }

  private func forEachWord(_ body: (UInt) -> Void) {
    for index in 0...mask {
      let word = unsafe slot(index).pointee.load(ordering: .relaxed)
      if word != 0 { body(word) }
    }
  }

  @inline(__always)
  private static func place(_ word: UInt) -> UInt32 { UInt32(truncatingIfNeeded: word &- 1) }

  /// Frees the memory of the block.
  func free() { unsafe words.deallocate() }
}
