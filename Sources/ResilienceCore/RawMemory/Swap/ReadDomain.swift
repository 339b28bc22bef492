internal import CThread
import Synchronization

/// Readers that may suspend inside, and the objects that wait for them to be gone: sleepable read-copy-update (McKenney, "Sleepable
/// Read-Copy Update", 2006; Linux' SRCU) with the reader's barriers moved to the writer (Desnoyers et al., "User-Level Implementations of
/// Read-Copy Update", 2012).
///
/// What holds, and why nothing is freed that a reader looks at:
///
/// 1. A reader counts itself in before it loads a pointer, and out after its last look at what is there.
/// 2. A writer takes the pointer away first, and hands the object to ``retire(_:)`` afterwards.
/// 3. After that, a barrier on all threads. A reader that loaded the pointer before it was taken away is counted in from then on, for all
///    to see; a reader that counts itself in later loads what the writer put there.
/// 4. The object is freed when each parity was seen drained at some moment after that barrier: then every reader of (3) is out.
/// 5. New readers use the parity that is not waited for, so that waiting ends however many come. The other is drained first, for readers
///    that had chosen it before it was turned away from and counted themselves in after.
/// 6. Whoever may be the last reader that is waited for looks at ``waitingFor`` after it counted itself out, and the writer writes there
///    before it looks at the counts, with a barrier between: one of the two sees the other. So nobody waits by the clock, no thread is
///    needed, and what is retired goes with its last reader.
///
/// Readers take no lock, change no reference count and write no memory that other threads write, as long as they have a seat.
package final class ReadDomain: Sendable {
  private struct Retirement {
    enum Phase {
      /// Nothing waits.
      case idle
      /// Waiting for readers that were slow to count themselves in.
      case stragglers
      /// Waiting for those that came before the parity was changed.
      case readers
    }

    var phase = Phase.idle
    /// What goes when the wait is over.
    var going: [any AnyObject & Sendable] = []
    /// What was retired since the wait began.
    var next: [any AnyObject & Sendable] = []
  }

  package init() {}

  private let counts = ReaderCounts()
  private let parity = Atomic(0)
  /// The parity whose readers are waited for, and one; 0: none.
  private let waitingFor = Atomic(0)
  private let retirement = Mutex(Retirement())

  /// Begins to read. The answer is for ``leave(_:)``.
  @inline(__always)
  func enter() -> Int {
    let parity = self.parity.load(ordering: .relaxed)
    counts.enter(parity)
    return parity
  }

  /// Ends to read, on any thread.
  @inline(__always)
  func leave(_ parity: Int) {
    counts.leave(parity)
    if isWaited(for: parity) { collect() }
  }

  /// Begins to read on a thread whose own that seat is.
  @inline(__always)
  func enter(own seat: ThreadSeat) -> Int {
    let parity = self.parity.load(ordering: .relaxed)
    counts.enter(parity, own: seat)
    return parity
  }

  /// Ends to read on a thread whose own that seat is.
  ///
  /// - Returns: Whether somebody waits for this reader: then ``collect()`` is to be called.
  @inline(__always)
  func leave(_ parity: Int, own seat: ThreadSeat) -> Bool {
    counts.leave(parity, own: seat)
    return isWaited(for: parity)
  }

  @inline(__always)
  private func isWaited(for parity: Int) -> Bool {
    waitingFor.load(ordering: .sequentiallyConsistent) == parity &+ 1
  }

  /// Takes an object that no new reader can find. It is let go when the readers are gone that may have found it, by the last of them or by
  /// ``collect()``.
  func retire(_ object: any AnyObject & Sendable) {
    retirement.withLock { $0.next.append(object) }
  }

  /// Lets go what nobody reads any more, and sees to it that the rest goes with its last reader. Waits for nobody.
  @inline(never)
  package func collect() {
    let gone = retirement.withLock { retirement in
      var gone: [any AnyObject & Sendable] = []
      while advance(&retirement, &gone) {}
      return gone
    }
    // Let go without the lock: the end of an object may come back here.
    withExtendedLifetime(gone) {}
  }

  /// How many objects wait for readers.
  package var retiredCount: Int { retirement.withLock { $0.going.count + $0.next.count } }

  /// Goes one step on; `false` when there is nothing to do but to wait.
  private func advance(_ retirement: inout Retirement, _ gone: inout [any AnyObject & Sendable]) -> Bool {
    let parity = self.parity.load(ordering: .relaxed)
    switch retirement.phase {
    case .idle:
      guard !retirement.next.isEmpty else {
        waitingFor.store(0, ordering: .relaxed)
        return false
      }
      swap(&retirement.going, &retirement.next)
      retirement.phase = .stragglers
      wait(for: 1 - parity)
    case .stragglers:
      guard counts.isDrained(1 - parity) else { return false }
      self.parity.store(1 - parity, ordering: .relaxed)
      retirement.phase = .readers
      wait(for: parity)
    case .readers:
      guard counts.isDrained(1 - parity) else { return false }
      gone += retirement.going
      retirement.going = []
      retirement.phase = .idle
    }
    return true
  }

  private func wait(for parity: Int) {
    waitingFor.store(parity + 1, ordering: .sequentiallyConsistent)
    ReadDomain.orderThreads()
  }

  private static let canOrderThreads = all_threads_barrier_prepare()

  /// Where the system has no such barrier no thread has a seat, and every reader brings its own.
  private static func orderThreads() { if canOrderThreads { all_threads_barrier() } }
}

extension ReadDomain {
  /// Domains are few and for ever: objects that are swapped share them, so that a million cost no more memory for readers than one. A
  /// reader that stays for days keeps what was retired in one domain of these, not in all.
  private static let all = (0..<64).map { _ in ReadDomain() }
  private static let nextIndex = Atomic(0)

  /// The domain of something new that is swapped.
  static func next() -> ReadDomain {
    all[nextIndex.wrappingAdd(1, ordering: .relaxed).oldValue & (all.count - 1)]
  }

  /// Lets go what nobody reads any more, everywhere.
  package static func collectAll() {
    for domain in all { domain.collect() }
  }
}
