import Synchronization

/// Places that threads keep, see ``KeptPlaces``: when that begins and ends, and what happens in between where a line has none or too many.
extension Bulkhead {
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
  func enterByCharging() -> Bool {
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
  func settle() {
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
