internal import CThread
import Synchronization

/// The places that one thread keeps: words in a piece of memory as long as processors hand to each other.
///
/// What must hold: the ``KeptPlaces`` that it is a part of is there. Only the thread whose seat it is counts calls in and out and settles; the bulkhead's
/// lock is held for all that is said to be under it.
@safe package struct KeptLine {
  private static let bytes = 64
  /// What is allowed where nothing is: lower than any number of calls that went out.
  static let nothing = Int.min / 2

  private let words: UnsafeMutablePointer<Atomic<Int>>

  /// Lines for all seats, which have nothing to spare and allow nothing.
  static func allocate() -> UInt {
    let count = ThreadSeat.count * bytes / MemoryLayout<Int>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Int>.stride, alignment: bytes)
    let words = unsafe memory.bindMemory(to: Atomic<Int>.self, capacity: count)
    for index in 0..<count { unsafe (words + index).initialize(to: Atomic(0)) }
    let address = UInt(bitPattern: words)
    for number in 0..<ThreadSeat.count { KeptLine(number, of: address).allowed = nothing }
    return address
  }

  /// A line of those that were allocated at that address. A number is that of a seat, and there are as many lines as seats.
  @inline(__always)
  init(_ number: Int, of address: UInt) {
    // Only addresses of lines come here, which are not zero.
    unsafe words = UnsafeMutablePointer(bitPattern: address &+ UInt(bitPattern: number &* Self.bytes)).unsafelyUnwrapped
  }

  // MARK: By the thread of the seat

  /// Counts a call in.
  @inline(__always)
  package func countIn() {
    taken &+= 1
    compiler_barrier()
  }

  /// Counts a call out.
  @inline(__always)
  package func countOut() {
    taken &-= 1
    compiler_barrier()
  }

  /// Whether a call that was just counted in has a place; if not, it is counted no more.
  @inline(__always)
  func hasTaken() -> Bool {
    if taken <= allowed { return true }
    taken &-= 1
    return false
  }

  /// Whether the line may have what it has to spare after a call was counted out: then nothing is left to do.
  @inline(__always)
  func mayKeep() -> Bool {
    // Where nothing is allowed the difference is far below zero, which is a great number without a sign.
    UInt(bitPattern: allowed &- taken) <= UInt(bitPattern: most)
  }

  // MARK: Under the lock

  /// Hands places to the line.
  func charge(_ places: Int) {
    charged += places
    allowCharged()
  }

  /// Allows what is charged, and no more to spare than so many.
  func allow(most: Int) {
    self.most = most
    allowCharged()
  }

  func allowCharged() { allowed = charged }

  func allowNothing() { allowed = Self.nothing }

  /// Takes back what there is to spare, but for some, and answers how many that were.
  func discharge(keeping count: Int) -> Int {
    let places = max(spare - count, 0)
    charged -= places
    return places
  }

  /// How many places are charged and not taken. A call that is counted in without a place counts for a moment.
  var spare: Int { max(charged - taken, 0) }

  // MARK: The words

  private var taken: Int {
    @inline(__always) get { unsafe words.pointee.load(ordering: .acquiring) }
    @inline(__always) nonmutating set { unsafe words.pointee.store(newValue, ordering: .releasing) }
  }

  private var allowed: Int {
    @inline(__always) get { unsafe (words + 1).pointee.load(ordering: .acquiring) }
    nonmutating set { unsafe (words + 1).pointee.store(newValue, ordering: .releasing) }
  }

  private var charged: Int {
    get { unsafe (words + 2).pointee.load(ordering: .relaxed) }
    nonmutating set { unsafe (words + 2).pointee.store(newValue, ordering: .relaxed) }
  }

  /// How many places the thread may have to spare.
  private var most: Int {
    @inline(__always) get { unsafe (words + 3).pointee.load(ordering: .relaxed) }
    nonmutating set { unsafe (words + 3).pointee.store(newValue, ordering: .relaxed) }
  }
}
