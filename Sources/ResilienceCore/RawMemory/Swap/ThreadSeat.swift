internal import CThread
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Which of the lines of a ``ReadDomain`` this thread counts in, and whether no other thread does.
///
/// A thread takes a seat when it first asks, and gives it back when it ends. There are more seats than processors, so the
/// threads that do the work have one each: counting there takes no locked instruction. Threads that come when all seats are
/// taken, and all threads where the system cannot order them from outside, stand: they count in a line's second half, which
/// they may share.
///
/// What must hold: no two threads have one seat at a time. Seats are given out and taken back under a lock, and a thread that gives its own back stands
/// from then on. The value that the system keeps for a thread's end is a number, which nobody follows as an address.
struct ThreadSeat: Hashable, Sendable {
  /// How many there are: a power of two, twice the processors, between 8 and 64.
  static let count = seatCount()

  private static let givenFlag: UInt64 = 1
  private static let ownFlag: UInt64 = 2

  private let word: UInt64

  private init(word: UInt64) { self.word = word }

  private init(line: Int, isOwn: Bool) {
    word = UInt64(line) << 2 | (isOwn ? Self.ownFlag : 0) | Self.givenFlag
  }

  /// Whether only this thread counts here.
  var isOwn: Bool { word & Self.ownFlag != 0 }
  /// Below ``count``.
  var line: Int { Int(truncatingIfNeeded: word >> 2) }

  /// The seat of this thread. One load, once the thread has a seat.
  @inline(__always)
  static var current: ThreadSeat {
    let word = thread_word_get()
    return word != 0 ? ThreadSeat(word: word) : take()
  }

  /// The seat of this thread, if it has one that is its own. One load, and no function is called for it.
  @inline(__always)
  static var own: ThreadSeat? {
    let seat = ThreadSeat(word: thread_word_get())
    return seat.isOwn ? seat : nil
  }

  @inline(never)
  private static func take() -> ThreadSeat {
    let seat =
      seats.take().map { ThreadSeat(line: $0, isOwn: true) }
      ?? ThreadSeat(line: ThreadIdentity.current.stripe(of: count), isOwn: false)
    thread_word_set(seat.word)
    return seat
  }

  /// Called as a thread ends: what it still counts, in the ends of other parts of the program, it counts standing.
  fileprivate static func giveBack(_ line: Int) {
    thread_word_set(ThreadSeat(line: line, isOwn: false).word)
    seats.giveBack(line)
  }

  private static let seats = Seats(count)
}

/// Which seats are free. Taking one after another thread gave it back orders what the two count there.
private final class Seats: Sendable {
  private let free: Mutex<[Int]>
  /// Whose value is a seat's line and one; its end tells that the thread ends. `nil`: nobody can have a seat.
  private let key: pthread_key_t?

  init(_ count: Int) {
    var key = pthread_key_t()
    let status = unsafe pthread_key_create(&key, threadEnds)
    let isPossible = status == 0 && all_threads_barrier_prepare()
    self.key = isPossible ? key : nil
    // Taken from the end: first every second line. Processors fetch lines in pairs, so neighbours would disturb each other.
    free = Mutex(Array((0..<count).filter { !$0.isMultiple(of: 2) } + (0..<count).filter { $0.isMultiple(of: 2) }))
  }

  func take() -> Int? {
    guard let key, let line = free.withLock({ $0.popLast() }) else { return nil }
    guard unsafe pthread_setspecific(key, UnsafeRawPointer(bitPattern: line + 1)) == 0 else {
      giveBack(line)
      return nil
    }
    return line
  }

  func giveBack(_ line: Int) { free.withLock { $0.append(line) } }
}

#if canImport(Glibc)
  private func threadEnds(_ value: UnsafeMutableRawPointer?) {
    ThreadSeat.giveBack(Int(bitPattern: value) - 1)
  }
#else
  private func threadEnds(_ value: UnsafeMutableRawPointer) {
    ThreadSeat.giveBack(Int(bitPattern: value) - 1)
  }
#endif

private func seatCount() -> Int {
  let processors = min(max(sysconf(Int32(_SC_NPROCESSORS_CONF)), 4), 32)
  var count = 8
  while count < 2 * processors { count *= 2 }
  return count
}
