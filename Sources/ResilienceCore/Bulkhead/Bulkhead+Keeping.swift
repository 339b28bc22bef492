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

  // MARK: Places of the word's

  @inline(__always)
  private func enterShared() -> Bool {
    var seen = word.load(ordering: .relaxed)
    while let next = BulkheadWord(bits: seen).entered {
      let (exchanged, original) = word.weakCompareExchange(
        expected: seen, desired: next.bits, ordering: .acquiringAndReleasing)
      if exchanged {
        noteSharedCall()
        return true
      }
      seen = original
    }
    return false
  }

  @inline(__always)
  private func noteSharedCall() {
    let calls = sharedCalls.load(ordering: .relaxed) &+ 1
    sharedCalls.store(calls, ordering: .relaxed)
    if calls.isMultiple(of: Self.callsBeforeKeeping) { beginKeeping() }
  }

  @inline(__always)
  private func leaveShared() -> Bool {
    // A subtraction is one turn of the word's cache line, where looking first and exchanging then would be two.
    let before = BulkheadWord(bits: word.wrappingSubtract(1, ordering: .acquiringAndReleasing).oldValue)
    return !before.someoneWaits || takeBackPlace()
  }

  /// Holds the place again that was left though somebody waits. Who was let in meanwhile runs in it; then one more than may is in use,
  /// which the long way out sets right.
  @inline(never)
  private func takeBackPlace() -> Bool {
    word.wrappingAdd(1, ordering: .acquiringAndReleasing)
    return false
  }

  // MARK: Places that threads keep

  /// Lets threads keep places from now on, if nobody waits for one, the limit is fixed and no more calls run than may: those above a lower limit
  /// leave places that nobody may keep.
  @inline(never)
  package func beginKeeping() {
    queue.withLock { queue in
      guard queue.adaptive == nil, queue.waiters.isEmpty, !isOverLimit else { return }
      kept.begin(most: 2 * Self.portion(of: queue.limit))
    }
  }

  private var isOverLimit: Bool {
    let word = BulkheadWord(bits: word.load(ordering: .relaxed))
    return word.inUse > word.limit
  }

  /// How many places a thread is handed at once: few enough that all threads together leave most of a high limit to others.
  private static func portion(of limit: Int) -> Int { min(max(limit / (4 * ThreadSeat.count), 1), 16) }

  /// Takes a place of a portion that this thread is handed; where there is none left, and keeping ends, one of the word's.
  @inline(never)
  private func enterByCharging() -> Bool {
    let spare: Int? = queue.withLock { queue in
      guard kept.isKept else { return kept.settle(keeping: 0) }
      let portion = kept.spareHere > 0 ? 0 : takePlaces(upTo: Self.portion(of: queue.limit))
      if kept.take(charging: portion) { return nil }
      endKeeping()
      return 0
    }
    guard let spare else { return true }
    leave(spare)
    return takePlace()
  }

  /// Gives to others what this thread's line has to spare above what it may keep.
  @inline(never)
  private func settle() {
    leave(queue.withLock { kept.settle(keeping: Self.portion(of: $0.limit)) })
  }

  private func leave(_ places: Int) {
    let areFree = change { word in
      guard !word.someoneWaits else { return false }
      word.inUse -= places
      return true
    }
    if areFree { return }
    for _ in 0..<places { leave() }
  }

  // MARK: With the lock

  /// Takes as many places as there are, up to so many. Nobody waits for them while threads keep places.
  private func takePlaces(upTo most: Int) -> Int {
    change { word in
      let places = min(most, max(word.limit - word.inUse, 0))
      word.inUse += places
      return places
    }
  }

  /// Takes a place when it may be one that a thread keeps; then nobody keeps places any more.
  func takePlaceAfterKeeping() -> Bool {
    guard kept.isKept else { return false }
    if takePlace() { return true }
    endKeeping()
    return takePlace()
  }

  /// Has back all places that threads keep and do not need at this moment. Nobody waits while threads keep places.
  func endKeeping() {
    let places = kept.end()
    if places > 0 { change { $0.inUse -= places } }
  }
}
