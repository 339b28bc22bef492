internal import CThread
import Synchronization

/// Places of a bulkhead that threads keep for their next calls.
///
/// To take one and to give it back writes no memory that other threads write, and is no locked instruction: a word that all threads
/// share takes two of those a call, and is handed from processor to processor twice.
///
/// What must hold: lines are freed with this struct, which the bulkhead has as long as anybody can call it. Why no place is lost or given out twice:
///
/// 1. Each thread that has a seat has a line. In it `taken` is by how many more calls came in there than went out there, which is less than
///    nothing where calls go out that came in on another thread. Only the thread of the seat writes it.
/// 2. `charged` is how many places the bulkhead has handed to the line: it counts them as taken. `allowed` is the same number, and
///    lower than any `taken` while nobody keeps places. Both are written under the bulkhead's lock. What a line has to spare is
///    `charged - taken`.
/// 3. Who takes or gives back writes `taken` first and reads `allowed` then. Who ends keeping writes `allowed` first, lets all threads pass a
///    barrier, and reads `taken` then. So either a thread sees that keeping has ended, or what it wrote is seen.
/// 4. A thread that sees it takes back what it took too much, and settles under the lock what is left to spare in its line. Whoever ended
///    keeping counts what it cannot tell, a place about to be taken back, as taken: then it is the thread that finds it when it settles.
@safe package struct KeptPlaces: ~Copyable, @unchecked Sendable {
  /// The address of the lines while threads keep places; 0 while nobody does.
  private let current = Atomic<UInt>(0)
  /// The address of the lines, once there are some.
  private let memory = Atomic<UInt>(0)

  init() {}

  deinit {
    unsafe UnsafeMutableRawPointer(bitPattern: memory.load(ordering: .acquiring))?.deallocate()
  }

  // MARK: Without the lock

  /// The line of this thread, while threads keep places. What follows in it takes three steps, between which other threads can do anything:
  /// to look for the line, to write in it, and to look whether that was allowed.
  @inline(__always)
  package var ownLine: KeptLine? {
    let address = current.load(ordering: .acquiring)
    guard address != 0 else { return nil }
    let seat = ThreadSeat.current
    return seat.isOwn ? KeptLine(seat.line, of: address) : nil
  }

  /// As ``ownLine``, on a thread whose own that seat is.
  @inline(__always)
  func line(own seat: ThreadSeat) -> KeptLine? {
    let address = current.load(ordering: .acquiring)
    return address == 0 ? nil : KeptLine(seat.line, of: address)
  }

  /// Whether threads keep places.
  var isKept: Bool { current.load(ordering: .acquiring) != 0 }

  /// How many places the lines have to spare together. Exact while nobody comes or goes.
  var spare: Int { lines.reduce(0) { $0 + $1.spare } }

  // MARK: Under the lock

  /// Lets threads keep places, if this one could. Their lines have none to spare at first.
  ///
  /// - Parameter most: How many a line may have to spare.
  func begin(most: Int) {
    guard !isKept, ThreadSeat.current.isOwn else { return }
    if memory.load(ordering: .relaxed) == 0 { memory.store(KeptLine.allocate(), ordering: .releasing) }
    for line in lines { line.allow(most: most) }
    current.store(memory.load(ordering: .relaxed), ordering: .releasing)
  }

  /// Ends keeping.
  ///
  /// - Returns: How many places are to spare now, which the bulkhead has back.
  func end() -> Int {
    guard isKept else { return 0 }
    current.store(0, ordering: .relaxed)
    for line in lines { line.allowNothing() }
    all_threads_barrier()
    return lines.reduce(0) { $0 + $1.discharge(keeping: 0) }
  }

  /// Hands places to this thread's line and takes one of what is there; `false` when there is none.
  func take(charging places: Int) -> Bool {
    guard let line = ownLine else { return false }
    line.charge(places)
    line.countIn()
    return line.hasTaken()
  }

  /// What this thread's line has to spare.
  var spareHere: Int { ownLine?.spare ?? 0 }

  /// Takes back from this thread's line what it has to spare, but for some.
  ///
  /// - Returns: How many places that were, which the bulkhead has back.
  func settle(keeping count: Int) -> Int {
    let seat = ThreadSeat.current
    let address = memory.load(ordering: .relaxed)
    guard seat.isOwn, address != 0 else { return 0 }
    let line = KeptLine(seat.line, of: address)
    let isKept = isKept
    let places = line.discharge(keeping: isKept ? count : 0)
    if isKept { line.allowCharged() }
    return places
  }

  // MARK: Lines

  private var lines: some Sequence<KeptLine> {
    let address = memory.load(ordering: .acquiring)
    return (0..<(address == 0 ? 0 : ThreadSeat.count)).lazy.map { KeptLine($0, of: address) }
  }
}
