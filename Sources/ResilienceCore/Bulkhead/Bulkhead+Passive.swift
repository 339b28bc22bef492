import Synchronization

/// Calls on the short way: threads take places that they keep, or else one of the word's.
extension Bulkhead {
  /// After how many places of the word's threads begin to keep some. To end keeping takes some microseconds, in which every thread is made to
  /// pass a barrier: beside so many calls that is nothing, however often it happens.
  private static var callsBeforeKeeping: UInt { 1 << 14 }

  /// Takes a place for a call whose start nobody has to know, if there is one now and nobody waits for it.
  @inline(__always)
  package func enterPassively() -> Bool {
    guard let line = kept.ownLine else { return enterShared() }
    line.countIn()
    return hasEntered(line)
  }

  /// Whether the call that was counted in there has a place: of those that its thread keeps, or else one of the word's.
  @inline(__always)
  package func hasEntered(_ line: KeptLine) -> Bool { line.hasTaken() || enterByCharging() }

  /// Gives back a place that nobody waits for; `false`, and the place is still held, when somebody does.
  @inline(__always)
  package func leavePassively() -> Bool {
    guard let line = kept.ownLine else { return leaveShared() }
    line.countOut()
    settleIfNeeded(line)
    return true
  }

  /// Sees to it that the place of a call that was counted out there can be found: by the thread, or by everybody.
  @inline(__always)
  package func settleIfNeeded(_ line: KeptLine) {
    if !line.mayKeep() { settle() }
  }

  // MARK: Without calling a function

  /// How a call gave its place back.
  enum Leaving {
    case left
    /// It did, and ``settle()`` is to be called.
    case unsettled
    /// It did not: that takes more.
    case notLeft
  }

  /// As ``enterPassively()``, on a thread whose own that seat is; `false`, and nothing is done, where it takes more.
  @inline(__always)
  func enterAtOnce(own seat: ThreadSeat) -> Bool {
    guard let line = kept.line(own: seat) else { return !keepsWithNextCall && takeSharedPlace() }
    line.countIn()
    return line.hasTaken()
  }

  /// As ``leavePassively()``, on a thread whose own that seat is.
  @inline(__always)
  func leaveAtOnce(own seat: ThreadSeat) -> Leaving {
    guard let line = kept.line(own: seat) else { return leaveShared() ? .left : .notLeft }
    line.countOut()
    return line.mayKeep() ? .left : .unsettled
  }

  // MARK: Places of the word's

  @inline(__always)
  private func enterShared() -> Bool {
    let begins = keepsWithNextCall
    guard takeSharedPlace() else { return false }
    if begins { beginKeeping() }
    return true
  }

  /// Whether so many calls took places of the word's that threads begin to keep some when the next one has.
  private var keepsWithNextCall: Bool {
    @inline(__always) get { (sharedCalls.load(ordering: .relaxed) &+ 1).isMultiple(of: Self.callsBeforeKeeping) }
  }

  @inline(__always)
  private func takeSharedPlace() -> Bool {
    var seen = word.load(ordering: .relaxed)
    while let next = BulkheadWord(bits: seen).entered {
      let (exchanged, original) = word.weakCompareExchange(
        expected: seen, desired: next.bits, ordering: .acquiringAndReleasing)
      if exchanged {
        sharedCalls.store(sharedCalls.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
        return true
      }
      seen = original
    }
    return false
  }

  @inline(__always)
  private func leaveShared() -> Bool {
    // A subtraction is one turn of the word's cache line, where looking first and exchanging then would be two.
    let before = BulkheadWord(bits: word.wrappingSubtract(1, ordering: .acquiringAndReleasing).oldValue)
    return !before.someoneWaits || takeBackPlace()
  }

  /// Holds the place again that was left though somebody waits. Who was let in meanwhile runs in it; then one more than may is in use,
  /// which the long way out sets right.
  private func takeBackPlace() -> Bool {
    word.wrappingAdd(1, ordering: .acquiringAndReleasing)
    return false
  }
}
