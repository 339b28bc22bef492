/// An object under a key, in memory that never changes: a head of five words, and of a name that is longer than the two words in it the bytes
/// before them.
///
/// What must hold: the address is that of a record, written in full, and not ended. ``NameStore`` writes one before it tells of its place, never
/// again, and ends it when nobody can ask any more.
@safe struct NameRecord {
  @safe private struct Head {
    /// Counted once.
    let object: Unmanaged<AnyObject>
    let tag: UInt
    /// How long the name is, and below that the key's flag.
    let shape: Int
    let first: UInt64
    let second: UInt64
  }

  private let address: UnsafeRawPointer

  /// A name's length and a flag in one.
  @inline(__always)
  static func shape(_ name: NameBytes, _ flag: Bool) -> Int { name.count &<< 1 | (flag ? 1 : 0) }

  /// How many words the record of a name takes.
  static func words(for name: NameBytes) -> Int { MemoryLayout<Head>.size / 8 + name.beginningCount / 8 }

  @inline(__always)
  init(address: UnsafeRawPointer) { unsafe self.address = address }

  /// Writes a record into memory for as many words as it takes.
  init(of object: AnyObject, _ name: NameBytes, tag: UInt, flag: Bool, in memory: UnsafeMutableRawPointer) {
    let head = unsafe Head(
      object: .passRetained(object), tag: tag, shape: Self.shape(name, flag), first: name.first, second: name.second)
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

  /// Where the object is, which the record counts once.
  var object: UInt {
    @inline(__always) get { unsafe UInt(bitPattern: head.object.toOpaque()) }
  }

  /// Lets the object go. Nobody can look at this record any more.
  func end() { unsafe head.object.release() }
}
