/// An entry under a name and a declaration, in memory of its own that never changes: a head of five words, and the bytes of a
/// name that is longer than the two words in it.
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

  let address: UnsafeRawPointer

  /// What is left to compare of a declaration and a name's length.
  @inline(__always)
  static func shape(_ name: NameBytes, _ declaration: Declaration.Key) -> Int {
    name.count &<< 1 | (declaration.isConcurrent ? 1 : 0)
  }

  @inline(__always)
  init(address: UnsafeRawPointer) { unsafe self.address = address }

  /// Makes a record, which stays until ``free()``.
  static func make(_ entry: OperationEntry, _ name: NameBytes, _ declaration: Declaration.Key) -> NameRecord {
    let isLong = name.count > 16
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: MemoryLayout<Head>.size + (isLong ? name.count : 0), alignment: MemoryLayout<Head>.alignment)
    let head = unsafe Head(
      entry: .passRetained(entry), tag: declaration.tag, shape: shape(name, declaration), first: name.first,
      second: name.second)
    unsafe memory.initializeMemory(as: Head.self, to: head)
    if isLong, let bytes = unsafe name.bytes.baseAddress {
      unsafe (memory + MemoryLayout<Head>.size).copyMemory(from: bytes, byteCount: name.count)
    }
    return unsafe NameRecord(address: memory)
  }

  private var head: Head {
    @inline(__always) get { unsafe address.assumingMemoryBound(to: Head.self).pointee }
  }

  @inline(__always)
  func matches(_ name: NameBytes, tag: UInt, shape: Int) -> Bool {
    let head = head
    guard head.shape == shape, head.tag == tag, head.first == name.first, head.second == name.second else { return false }
    return name.count <= 16 ? true : unsafe name.beginning(equals: address + MemoryLayout<Head>.size)
  }

  /// The entry, counted for the caller.
  var entry: OperationEntry {
    @inline(__always) get { unsafe head.entry.takeUnretainedValue() }
  }

  /// Lets the entry go. Nobody can look at this record any more.
  func free() {
    unsafe head.entry.release()
    unsafe address.deallocate()
  }
}

extension Declaration.Key {
  /// The type, as a word.
  @inline(__always)
  var tag: UInt { type.map { UInt(bitPattern: $0) } ?? 0 }
}
