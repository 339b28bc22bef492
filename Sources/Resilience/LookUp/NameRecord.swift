/// An entry under a name and a declaration, in memory that never changes: a head of five words, and of a name that is longer than the two
/// words in it the bytes before them.
@safe struct NameRecord {
  @safe private struct Head {
    /// Counted once.
    let entry: Unmanaged<OperationEntry>
    let tag: UInt
    /// How long the name is, and below that whether bodies may run at once.
    let shape: Int
    let first: UInt64
    let second: UInt64
  }

  private let address: UnsafeRawPointer

  /// What is left to compare of a declaration and a name's length.
  @inline(__always)
  static func shape(_ name: NameBytes, _ declaration: Declaration.Key) -> Int {
    name.count &<< 1 | (declaration.isConcurrent ? 1 : 0)
  }

  /// How many words the record of a name takes.
  static func words(for name: NameBytes) -> Int { MemoryLayout<Head>.size / 8 + name.beginningCount / 8 }

  @inline(__always)
  init(address: UnsafeRawPointer) { unsafe self.address = address }

  /// Writes a record into memory for as many words as it takes.
  init(
    of entry: OperationEntry, _ name: NameBytes, _ declaration: Declaration.Key, in memory: UnsafeMutableRawPointer
  ) {
    let head = unsafe Head(
      entry: .passRetained(entry), tag: declaration.tag, shape: Self.shape(name, declaration), first: name.first,
      second: name.second)
    unsafe memory.initializeMemory(as: Head.self, to: head)
    unsafe (memory + MemoryLayout<Head>.size).copyMemory(from: name.start, byteCount: name.beginningCount)
    unsafe address = UnsafeRawPointer(memory)
  }

  private var head: Head {
    @inline(__always) get { unsafe address.assumingMemoryBound(to: Head.self).pointee }
  }

  @inline(__always)
  func matches(_ name: NameBytes, tag: UInt, shape: Int) -> Bool {
    let head = head
    guard head.shape == shape, head.tag == tag, head.first == name.first, head.second == name.second else {
      return false
    }
    return name.count <= 16 ? true : unsafe name.beginning(equals: address + MemoryLayout<Head>.size)
  }

  /// The entry, counted for the caller.
  var entry: OperationEntry {
    @inline(__always) get { unsafe head.entry.takeUnretainedValue() }
  }

  /// Lets the entry go. Nobody can look at this record any more.
  func end() { unsafe head.entry.release() }
}

extension Declaration.Key {
  /// The type, as a word.
  @inline(__always)
  var tag: UInt { type.map { UInt(bitPattern: $0) } ?? 0 }
}
