/// What a window remembers, in one block of memory: a head, and behind it as many words as the window takes. A value: it is copied
/// when it is changed while somebody else holds it.
///
/// Words for slow calls are there once one was slow, which most windows never see.
///
/// What must hold: no word is looked at behind the head's count, and nobody else holds a block that is changed. Every index is compared with the count, or
/// is that of a span; the count never changes; a block that others hold is copied first. Words are plain bits, so nothing has to be ended with them.
@safe struct WindowWords: @unchecked Sendable {
  enum Kind: UInt8 {
    case calls
    case time
  }

  struct Head {
    let kind: Kind
    /// How many words there are.
    let count: UInt32
    /// The window's calls, or a bucket's nanoseconds.
    let size: UInt64
    /// The number of the next call, or of the current bucket.
    var position: UInt64 = 0
  }

  private var block: ManagedBuffer<Head, UInt64>

  /// Words of zero.
  init(_ kind: Kind, size: UInt64, count: Int) {
    self.init(Head(kind: kind, count: UInt32(clamping: count), size: size))
  }

  private init(_ head: Head) {
    block = ManagedBuffer<Head, UInt64>.create(minimumCapacity: Int(head.count)) { _ in head }
    unsafe block.withUnsafeMutablePointerToElements { unsafe $0.initialize(repeating: 0, count: Int(head.count)) }
  }

  /// The block, for tests of its size.
  var object: AnyObject { block }

  var head: Head { block.header }

  var count: Int { Int(head.count) }

  /// A word; zero behind the last one.
  subscript(index: Int) -> UInt64 {
    guard index >= 0, index < count else { return 0 }
    return unsafe block.withUnsafeMutablePointerToElements { unsafe $0[index] }
  }

  /// Changes what is there, in its place when nobody else holds it.
  ///
  /// - Parameter body: Is given the head and all words.
  @inline(__always)
  mutating func change<Answer>(_ body: (inout Head, inout MutableSpan<UInt64>) -> Answer) -> Answer {
    if !isKnownUniquelyReferenced(&block) { self = copy(count: count) }
    return unsafe block.withUnsafeMutablePointers { head, words in
      var span = unsafe MutableSpan(
        _unsafeElements: UnsafeMutableBufferPointer(start: words, count: Int(head.pointee.count)))
      return unsafe body(&head.pointee, &span)
    }
  }

  /// Makes room for so many words; those that come new are zero.
  mutating func grow(to count: Int) {
    if count > self.count { self = copy(count: count) }
  }

  /// Makes all words zero.
  mutating func empty() {
    change { _, words in
      for index in words.indices { words[index] = 0 }
    }
  }

  private func copy(count: Int) -> WindowWords {
    let head = head
    let new = Head(kind: head.kind, count: UInt32(clamping: count), size: head.size, position: head.position)
    var copy = WindowWords(new)
    copy.change { _, words in
      for index in words.indices { words[index] = self[index] }
    }
    return copy
  }
}

/// Words that are not there count as zeros.
extension WindowWords: Hashable {
  static func == (left: WindowWords, right: WindowWords) -> Bool {
    if left.block === right.block { return true }
    let (one, other) = (left.head, right.head)
    return one.kind == other.kind && one.size == other.size && one.position == other.position
      && (0..<max(left.count, right.count)).allSatisfy { left[$0] == right[$0] }
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(head.size)
    hasher.combine(head.position)
    // The first is there in every window.
    hasher.combine(self[0])
  }
}
