internal import CThread
import Synchronization

/// How many readers of a ``ReadDomain`` came and went, by parity, in lines of memory that threads do not share.
///
/// Each line is 64 bytes, as long as processors hand to each other: four counts of the thread whose seat it is, then four that threads
/// without a seat share. Entering and leaving are counted apart, because a reader that suspends may leave on another thread. Counts only
/// grow; 64 bits do not come round.
///
/// What must hold: a line is below the number of seats and a kind below four, so every word is in bounds; and only the thread whose seat it is writes a
/// line's first half. ``ThreadSeat`` sees to both. The lines of the program's domains are never freed, because those never are.
@safe struct ReaderCounts: @unchecked Sendable {
  private static let lineBytes = 64
  private static let wordsInLine = 8
  private static let shared = 4
  private static let left = 2

  /// Not freed with this struct: whoever makes one keeps it for ever.
  private let words: UnsafeMutablePointer<Atomic<UInt64>>

  init() {
    let count = ThreadSeat.count * Self.wordsInLine
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<UInt64>.stride, alignment: Self.lineBytes)
    unsafe words = memory.bindMemory(to: Atomic<UInt64>.self, capacity: count)
    for index in 0..<count { unsafe (words + index).initialize(to: Atomic(0)) }
  }

  /// Counts a reader in. Whatever it reads after this it reads after it was counted, in the eyes of a writer that has ordered all threads
  /// since.
  @inline(__always)
  func enter(_ parity: Int) { count(parity) }

  /// Counts a reader out. Whatever it read it read before.
  @inline(__always)
  func leave(_ parity: Int) { count(Self.left + parity) }

  /// As ``enter(_:)``, on a thread whose own that seat is.
  @inline(__always)
  func enter(_ parity: Int, own seat: ThreadSeat) { count(parity, own: seat) }

  /// As ``leave(_:)``, on a thread whose own that seat is.
  @inline(__always)
  func leave(_ parity: Int, own seat: ThreadSeat) { count(Self.left + parity, own: seat) }

  @inline(__always)
  private func count(_ kind: Int) {
    let seat = ThreadSeat.current
    if seat.isOwn {
      count(kind, own: seat)
    } else {
      unsafe _ = (word(kind, of: seat) + Self.shared).pointee.wrappingAdd(1, ordering: .sequentiallyConsistent)
    }
  }

  @inline(__always)
  private func count(_ kind: Int, own seat: ThreadSeat) {
    let word = unsafe word(kind, of: seat)
    // No other thread writes here, so this needs no locked instruction; the writer's barrier stands in for this thread's.
    unsafe word.pointee.store(word.pointee.load(ordering: .relaxed) &+ 1, ordering: .releasing)
    compiler_barrier()
  }

  @inline(__always)
  private func word(_ kind: Int, of seat: ThreadSeat) -> UnsafeMutablePointer<Atomic<UInt64>> {
    // In bounds: a seat's line is below the number of seats, and a kind below four.
    unsafe words + (seat.line &* Self.wordsInLine &+ kind)
  }

  /// Whether every reader of this parity that was counted in before the last ``all_threads_barrier`` is out again.
  ///
  /// Those out are summed first: a reader that comes and goes meanwhile can make this say no, never yes.
  func isDrained(_ parity: Int) -> Bool {
    let out = sum(Self.left + parity)
    return sum(parity) == out
  }

  private func sum(_ kind: Int) -> UInt64 {
    var sum: UInt64 = 0
    for line in 0..<ThreadSeat.count {
      let word = unsafe words + (line * Self.wordsInLine + kind)
      unsafe sum &+= word.pointee.load(ordering: .sequentiallyConsistent)
      unsafe sum &+= (word + Self.shared).pointee.load(ordering: .sequentiallyConsistent)
    }
    return sum
  }
}
