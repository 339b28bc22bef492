import Synchronization

/// Addresses of objects by names, the same for all types of objects: what a ``NameTable`` is made of.
///
/// It only grows. Looking writes nothing and counts nothing: it hashes the name's bytes, walks a block of slots and compares bytes.
///
/// Writers take turns. One that finds the block half full puts one of twice the size in its place; the old one stays for those who
/// look into it. All old ones together are as large as the present one.
///
/// What must hold: who asks holds this object, directly or by what it is a part of. Then blocks, records and the objects in them are there: nothing is
/// freed and no object let go before the end of this one.
@usableFromInline final class NameStore: Sendable {
  private struct Writing: @unchecked Sendable {
    var count = 0
    /// The first place in the arena that no record has taken.
    var next: UInt32 = 0
    /// The last one is the one in use.
    var blocks: [NameBlock]
  }

  private let block: Atomic<UInt>
  private let arena = NameArena()
  private let seed: NameSeed
  private let writing: Mutex<Writing>

  init(seed: NameSeed) {
    let first = NameBlock(capacity: 16)
    self.seed = seed
    block = Atomic(first.address)
    writing = Mutex(Writing(blocks: [first]))
  }

  deinit {
    writing.withLock { writing in
      writing.blocks.last?.visit { unsafe NameRecord(address: arena[$0]).end() }
      for block in writing.blocks { block.free() }
    }
    arena.free()
  }

  /// The address of the object under a key, which is counted once; 0 for none. O(length of the name) on average.
  @usableFromInline @inline(never)
  func find(_ name: String, tag: UInt, flag: Bool) -> UInt {
    unsafe name.utf8.withContiguousStorageIfAvailable { bytes in
      guard let name = unsafe NameBytes(bytes) else { return 0 }
      return find(name, name.hash(with: tag, seed: seed), tag, flag)?.object ?? 0
    } ?? 0
  }

  /// Counts an object once and lets its address be found, unless there is one under the key.
  func insert(_ object: any AnyObject & Sendable, under name: String, tag: UInt, flag: Bool) {
    unsafe name.utf8.withContiguousStorageIfAvailable { bytes in
      guard let name = unsafe NameBytes(bytes) else { return }
      let hash = name.hash(with: tag, seed: seed)
      writing.withLock { writing in
        guard find(name, hash, tag, flag) == nil else { return }
        let words = NameRecord.words(for: name)
        guard let place = arena.place(for: words, after: writing.next) else { return }
        _ = unsafe NameRecord(of: object, name, tag: tag, flag: flag, in: arena[place])
        makeRoom(&writing)
        NameBlock(address: block.load(ordering: .relaxed)).insert(place, hash)
        writing.next = place + UInt32(words)
        writing.count += 1
      }
    }
  }

  @inline(__always)
  private func find(_ name: NameBytes, _ hash: UInt32, _ tag: UInt, _ flag: Bool) -> NameRecord? {
    let shape = NameRecord.shape(name, flag)
    return NameBlock(address: block.load(ordering: .acquiring)).find(hash, in: arena) {
      $0.matches(name, tag: tag, shape: shape)
    }
  }

  private func makeRoom(_ writing: inout Writing) {
    let current = NameBlock(address: block.load(ordering: .relaxed))
    guard writing.count * 2 >= current.capacity else { return }
    let larger = current.doubled()
    writing.blocks.append(larger)
    block.store(larger.address, ordering: .releasing)
  }
}
