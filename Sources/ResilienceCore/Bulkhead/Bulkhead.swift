import Synchronization

/// Lets at most so many bodies run at once; the others queue, or are turned away.
///
/// Limit, use and "somebody waits" are one atomic word, so that entering and leaving without a queue is one exchange of that word
/// and takes no lock. Once somebody waits, everybody goes through the mutex: whoever leaves hands the place over, and a newcomer
/// cannot overtake.
///
/// After some thousand calls threads begin to keep places, see ``KeptPlaces``, which the word counts as taken. That ends as soon as a caller
/// finds no other: so whether a call runs, waits or is turned away is decided by what is really taken.
public final class Bulkhead: Sendable {
  private let ownName: InstanceName
  let word: Atomic<UInt64>
  let queue: Mutex<BulkheadQueue>
  package let kept = KeptPlaces()
  /// How many calls took a place of the word's on the short way. Threads count without waiting for each other, and may lose one.
  let sharedCalls = Atomic<UInt>(0)

  /// Makes an empty bulkhead.
  public init(_ name: String, _ settings: BulkheadSettings) {
    ownName = InstanceName(name)
    let queue = BulkheadQueue(settings)
    word = Atomic(BulkheadWord(limit: queue.limit, isAdaptive: queue.adaptive != nil).bits)
    self.queue = Mutex(queue)
  }

  /// The name, as events and reports have it.
  public var name: String { ownName.text }

  /// How many bodies may run: what the settings say, or what an adaptive limit has come to.
  public var limit: Int { seen.limit }

  /// How many bodies run. After the limit was lowered these can be more than the limit.
  public var inUse: Int { use(of: seen) }

  /// How many callers wait.
  public var queued: Int { queue.withLock { $0.waiters.count } }

  /// Whether ``note(_:started:ended:)`` wants to be told how calls end.
  package var isAdaptive: Bool { BulkheadWord(bits: word.load(ordering: .relaxed)).isAdaptive }

  private var seen: BulkheadWord { BulkheadWord(bits: word.load(ordering: .acquiring)) }

  private func use(of word: BulkheadWord) -> Int { max(word.inUse - kept.spare, 0) }

  /// Gives the bulkhead the name that it has after a reload.
  package func rename(from old: String, to new: String) { ownName.replace(old, by: new) }

  /// How full it is.
  package var use: BulkheadUse { queue.withLock { use($0) } }

  private func use(_ queue: borrowing BulkheadQueue) -> BulkheadUse {
    let seen = seen
    return BulkheadUse(inUse: use(of: seen), limit: seen.limit, queued: queue.waiters.count)
  }

  /// Takes a place, or joins the queue.
  ///
  /// `waiter` is asked for only when there is no place but room in the queue, and never under the lock.
  package func enter(at now: Instant, waiter: () -> Waiter) -> BulkheadEntry {
    if takePlace() { return .admitted }
    if let entry = queue.withLock({ enter(&$0, at: now, with: nil) }) { return entry }
    let waiter = waiter()
    return queue.withLock { enter(&$0, at: now, with: waiter) } ?? .full(use)
  }

  /// Takes a place if there is one now and nobody waits for it.
  package func tryEnter() -> Bool {
    if takePlace() { return true }
    guard kept.isKept else { return false }
    return queue.withLock { _ in takePlaceAfterKeeping() }
  }

  /// Gives a place back: to the next in the queue, if there is one.
  package func leave() {
    if freePlace() { return }
    while let next = queue.withLock({ handOver(&$0) }) {
      // Granted without the lock, because a grant may run code that comes back here.
      if next.grant() { return }
    }
  }

  /// Lets an adaptive limit learn from a call that still has its place. A higher limit lets the queue in at once, a lower one
  /// takes effect as bodies end.
  ///
  /// - Returns: How the limit moved; `nil` when it did not.
  package func note(_ end: LimitSample.End, started: Instant, ended: Instant) -> LimitChange? {
    let moved = queue.withLock { queue -> LimitChange? in
      let moved = queue.take(LimitSample(end, started: started, ended: ended, inFlight: inUse))
      if let moved { change { $0.limit = moved.to } }
      return moved
    }
    if let moved, moved.to > moved.from { letIn { $0.hasPlace } }
    return moved
  }

  /// Takes a caller that gave up out of the queue. It holds nothing.
  package func withdraw(_ waiter: Waiter) {
    queue.withLock { queue in
      if queue.waiters.remove(waiter) { noteQueue(queue) }
    }
  }

  /// Goes on under new settings. A lower limit takes effect as bodies end; a higher one lets the queue in at once.
  package func update(_ settings: BulkheadSettings) {
    queue.withLock { queue in
      endKeeping()
      queue.follow(settings, from: limit)
      change { word in
        word.limit = queue.limit
        word.isAdaptive = queue.adaptive != nil
      }
    }
    letIn { $0.hasPlace }
  }

  /// Lets everybody in the queue run, whatever the limit: the bulkhead is no longer part of any policy.
  package func releaseWaiters() {
    letIn { _ in true }
  }

  /// Lets waiters in one by one, as long as `condition` holds; who gave up meanwhile leaves its place again.
  private func letIn(while condition: (BulkheadWord) -> Bool) {
    while let next = queue.withLock({ admitNext(&$0, if: condition) }) {
      if !next.grant() { leave() }
    }
  }

  // MARK: Without the lock

  func takePlace() -> Bool {
    change { word in
      guard word.hasPlace, !word.someoneWaits else { return false }
      word.inUse += 1
      return true
    }
  }

  private func freePlace() -> Bool {
    change { word in
      guard !word.someoneWaits else { return false }
      word.inUse -= 1
      return true
    }
  }

  /// Exchanges the word for what `body` makes of it, and repeats that when another thread was faster. Nothing is written when the body
  /// changes nothing.
  @discardableResult
  func change<Answer>(_ body: (inout BulkheadWord) -> Answer) -> Answer {
    var seen = word.load(ordering: .relaxed)
    while true {
      var next = BulkheadWord(bits: seen)
      let answer = body(&next)
      if next.bits == seen { return answer }
      let (exchanged, original) = word.weakCompareExchange(
        expected: seen, desired: next.bits, ordering: .acquiringAndReleasing)
      if exchanged { return answer }
      seen = original
    }
  }

  // MARK: With the lock

  /// Takes a place, or puts `waiter` into the queue, or says that both are full; `nil` when it takes a waiter to go on.
  private func enter(_ queue: inout BulkheadQueue, at now: Instant, with waiter: Waiter?) -> BulkheadEntry? {
    if takePlaceAfterKeeping() { return .admitted }
    let hasRoom = queue.waiters.count < queue.settings.queue
    let isAdmitted = change { word in
      if word.hasPlace, queue.waiters.isEmpty {
        word.inUse += 1
        return true
      }
      if hasRoom, waiter != nil { word.someoneWaits = true }
      return false
    }
    if isAdmitted { return .admitted }
    guard hasRoom else { return .full(use(queue)) }
    guard let waiter else { return nil }
    queue.waiters.add(waiter)
    return .queued(waiter, until: queue.settings.wait.map { now.advanced(by: $0.nanoseconds) })
  }

  /// Takes the next waiter out for the place that is being left, or frees that place.
  private func handOver(_ queue: inout BulkheadQueue) -> Waiter? {
    let isOver = change { word in
      guard word.inUse > word.limit else { return false }
      word.inUse -= 1
      return true
    }
    if isOver { return nil }
    let next = queue.takeNext()
    noteQueue(queue)
    if next == nil { change { $0.inUse -= 1 } }
    return next
  }

  /// Takes the next waiter out together with a place for it, if `condition` holds.
  private func admitNext(_ queue: inout BulkheadQueue, if condition: (BulkheadWord) -> Bool) -> Waiter? {
    guard !queue.waiters.isEmpty, change({ Self.take(&$0, if: condition) }) else { return nil }
    let next = queue.takeNext()
    noteQueue(queue)
    return next
  }

  private static func take(_ word: inout BulkheadWord, if condition: (BulkheadWord) -> Bool) -> Bool {
    guard condition(word) else { return false }
    word.inUse += 1
    return true
  }

  private func noteQueue(_ queue: borrowing BulkheadQueue) {
    let someoneWaits = !queue.waiters.isEmpty
    change { $0.someoneWaits = someoneWaits }
  }
}
