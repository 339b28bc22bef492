internal import ResilienceCore

/// Takes entries from all threads and writes them on one of its own.
///
/// Whoever hands in an entry holds a lock for a moment and never waits for the output. On virtual time there is no thread: lines
/// are written at once, and those of repetitions when time gets there.
final class LogWriter: Sendable {
  private struct State {
    var backlog: LogBacklog
    var hasThread = false
    var isAsleep = false
    var isClosed = false
    var isTimerArmed = false
    /// The output did not take the last line. What waits is tried again with the next entry.
    var isOutputBroken = false
    /// Flushes that were asked for, and that were done.
    var asked = 0
    var done = 0

    var hasWork: Bool { !backlog.isEmpty && !isOutputBroken || isClosed || asked != done }

    mutating func take(_ entry: LogEntry, at now: Instant) {
      isOutputBroken = false
      backlog.take(entry, at: now)
    }
  }

  private let state: Monitor<State>
  private let time: TimeSource
  private let output: LogOutput
  private let format: EventLog.Format

  init(_ output: LogOutput, _ format: EventLog.Format, capacity: Int, on time: TimeSource) {
    self.output = output
    self.format = format
    self.time = time
    state = Monitor(State(backlog: LogBacklog(capacity: capacity)))
  }

  func take(_ entry: LogEntry) {
    if case .virtual(let time) = time { return takeAtOnce(entry, on: time) }
    let now = time.now
    let (needsThread, wasAsleep) = state.withLock { state in
      state.take(entry, at: now)
      defer {
        state.hasThread = true
        state.isAsleep = false
      }
      return (!state.hasThread, state.isAsleep)
    }
    if needsThread { start() } else if wasAsleep { state.wakeAll() }
  }

  /// Writes all that was taken, what is held back included, and waits for that, but no longer than `limit`.
  func flush(within limit: Duration) {
    let end = TimeSource.system.now.advanced(by: limit.nanoseconds)
    let number = state.withLock { state -> Int? in
      guard state.hasThread else { return nil }
      state.asked += 1
      return state.asked
    }
    guard let number else { return drain(releasingHeld: true) }
    state.wakeAll()
    while TimeSource.system.now < end, state.withLock({ $0.hasThread && $0.done < number }) {
      state.sleep(until: end) { !$0.hasThread || $0.done >= number }
    }
  }

  /// Nothing more comes: what is there is written, and the thread ends.
  func close() {
    guard state.withLock({ $0.hasThread }) else { return drain(releasingHeld: true) }
    state.withLock { $0.isClosed = true }
    state.wakeAll()
  }

  /// Without a thread the next entry tries again.
  private func start() {
    if startThread({ self.run() }) == nil { state.withLock { $0.hasThread = false } }
  }

  private func run() {
    while true {
      let (asked, isFlush, isClosed) = state.withLock { ($0.asked, $0.asked != $0.done, $0.isClosed) }
      drain(releasingHeld: isFlush || isClosed)
      state.withLock { state in
        state.done = asked
        state.hasThread = !isClosed
      }
      if isFlush { state.wakeAll() }
      if isClosed { return }
      let due = state.withLock { $0.backlog.nextDue }
      state.sleep(until: due) { state in
        state.isAsleep = !state.hasWork
        return state.hasWork
      }
    }
  }

  /// Writes what there is. What is held back is released once: what floods in meanwhile is held back again.
  private func drain(releasingHeld: Bool) {
    if releasingHeld { state.withLock { $0.backlog.releaseHeld() } }
    while let entry = state.withLock({ $0.backlog.popNext(at: time.now, wall: .now) }) {
      if output.write(format.line(entry.fields)) { continue }
      return state.withLock { state in
        state.isOutputBroken = true
        state.backlog.noteLost()
      }
    }
  }

  private func takeAtOnce(_ entry: LogEntry, on virtual: VirtualTime) {
    state.withLock { $0.take(entry, at: virtual.now) }
    drainOnTime()
  }

  private func drainOnTime() {
    drain(releasingHeld: false)
    let due = state.withLock { state -> Instant? in
      guard !state.isTimerArmed, let due = state.backlog.nextDue else { return nil }
      state.isTimerArmed = true
      return due
    }
    guard let due else { return }
    _ = time.arm(
      at: due,
      .call { [self] in
        state.withLock { $0.isTimerArmed = false }
        drainOnTime()
      })
  }
}
