internal import ResilienceCore

/// What a log has still to write. Told instants, it reads no clock and writes nothing.
struct LogBacklog {
  private var queue: BoundedQueue<LogEntry>
  private var filter = RepetitionFilter()

  init(capacity: Int) { queue = BoundedQueue(capacity: capacity) }

  /// When there is something to write although nothing more was taken.
  var nextDue: Instant? { filter.nextEnd }

  var isEmpty: Bool { queue.count == 0 && queue.lost == 0 }

  /// Takes an event that came at `now`.
  mutating func take(_ entry: LogEntry, at now: Instant) {
    settle(at: now)
    switch filter.take(entry, at: now) {
    case .write: queue.append(entry)
    case .hold: break
    case .lose: queue.addLost(1)
    }
  }

  /// The next line. `wall` is the time of one that stands for no event.
  mutating func popNext(at now: Instant, wall: @autoclosure () -> WallTime) -> LogEntry? {
    settle(at: now)
    if queue.lost > 0 {
      let entry = queue.oldest
      let event = ResilienceEvent.dropped(queue.takeLost(), at: entry?.event.instant ?? now)
      return LogEntry(event: event, wall: entry?.wall ?? wall())
    }
    return queue.popFirst()
  }

  /// Lets everything be written that is held back.
  mutating func releaseHeld() { settle(at: .distantFuture) }

  /// Counts a line that could not be written.
  mutating func noteLost() { queue.addLost(1) }

  private mutating func settle(at now: Instant) {
    while let entry = filter.popEnded(by: now) { queue.append(entry) }
  }
}
