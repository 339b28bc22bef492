internal import Synchronization

/// The operations that code looked up by a name of the file, to be found again without a lock.
///
/// It only grows. What is in it stays as long as the table, so whoever can ask the table can look at what it finds. Looking writes nothing
/// and counts nothing but the handle that is given out: it hashes the name's bytes, walks a block of slots and compares bytes. Names are told
/// apart by their bytes, where strings are equal that only look the same; who does not find such a name here finds it under the engine's lock.
///
/// Writers take turns. One that finds the block half full puts one of twice the size in its place; the old one stays for those who
/// look into it. All old ones together are as large as the present one.
final class LookUpTable: Sendable {
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

  init(seed: NameSeed = .random()) {
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

  /// The entry of an operation that was declared in this way before. O(length of the name) on average.
  @inline(__always)
  func entry(of operation: String, declared declaration: Declaration.Key) -> OperationEntry? {
    unsafe operation.utf8.withContiguousStorageIfAvailable { bytes in
      guard let name = unsafe NameBytes(bytes) else { return nil }
      return find(name, name.hash(with: declaration.tag, seed: seed), declaration)?.entry
    } ?? nil
  }

  /// Lets an entry be found under its own name, as long as the table is there.
  func insert(_ entry: OperationEntry, declared declaration: Declaration.Key) {
    unsafe entry.name.utf8.withContiguousStorageIfAvailable { bytes in
      guard let name = unsafe NameBytes(bytes) else { return }
      let hash = name.hash(with: declaration.tag, seed: seed)
      writing.withLock { writing in
        guard find(name, hash, declaration) == nil else { return }
        let words = NameRecord.words(for: name)
        guard let place = arena.place(for: words, after: writing.next) else { return }
        _ = unsafe NameRecord(of: entry, name, declaration, in: arena[place])
        makeRoom(&writing)
        NameBlock(address: block.load(ordering: .relaxed)).insert(place, hash)
        writing.next = place + UInt32(words)
        writing.count += 1
      }
    }
  }

  @inline(__always)
  private func find(_ name: NameBytes, _ hash: UInt32, _ declaration: Declaration.Key) -> NameRecord? {
    let (tag, shape) = (declaration.tag, NameRecord.shape(name, declaration))
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
