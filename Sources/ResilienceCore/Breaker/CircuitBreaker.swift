import Synchronization

/// Stops calling what does not answer, and finds out by a few probes when it is back.
///
/// A breaker watches the calls it lets through. When one of the criteria of its settings is reached it opens and turns calls away for
/// the open time; after that, a few calls go through as probes, and their ends close the breaker or open it again.
///
/// All of its state is a ``BreakerMachine`` under a mutex, with a summary of it in an atomic word beside the mutex. The common answers
/// need only that word: a closed breaker admits after one load, an open one rejects after two, and a quick success in a breaker that it
/// would not change writes nothing. The word is written before the mutex is released, so a result that was recorded is seen by
/// whoever comes after it, and a success that skips the machine stands for one that came before the failure which it did not see.
///
/// A success in a window of time always changes a number. As long as it can change nothing else, it is counted in the word, up to the
/// end of the bucket. Whoever takes the mutex first closes the word to such successes and tells the machine how many there were: each of them
/// came before, or takes the mutex after.
public final class CircuitBreaker: Sendable {
  private struct Content: Sendable {
    var machine: BreakerMachine
    var name: String
  }

  private let summary: Atomic<UInt64>
  /// Until when the summary is good. Open: when the open time ends. Counting: when the bucket does.
  private let edge: Atomic<UInt64>
  package let host: BreakerHost
  private let content: Mutex<Content>

  /// - Parameter standing: What another breaker was in whose place this one takes.
  package init(_ name: String, _ numbers: BreakerNumbers, host: BreakerHost, adopting standing: BreakerStanding? = nil)
  {
    var machine = BreakerMachine(numbers)
    if let standing { machine.adopt(standing) }
    self.host = host
    summary = Atomic(machine.summary.word)
    edge = Atomic(machine.edge?.nanoseconds ?? 0)
    content = Mutex(Content(machine: machine, name: name))
  }

  /// A breaker that nobody asks without an instant.
  package convenience init(_ name: String, _ settings: CircuitBreakerSettings, chance: Chance) {
    self.init(name, BreakerNumbers(settings), host: BreakerHost(chance: chance))
  }

  /// Makes a breaker that remembers nothing.
  ///
  /// - Parameter time: Another clock, for tests.
  public convenience init(_ name: String, _ settings: CircuitBreakerSettings, on time: TimeSource = .system) {
    let host = if case .system = time { BreakerHost.program } else { BreakerHost(chance: Chance(), time: time) }
    self.init(name, BreakerNumbers(settings), host: host)
  }

  /// The name, as events and reports have it.
  public var name: String { content.withLock { $0.name } }

  /// Gives the breaker the name that it has after a reload.
  package func rename(from old: String, to new: String) { content.withLock { $0.name.rename(from: old, to: new) } }

  // MARK: Calls

  /// Lets a call run, or turns it away.
  ///
  /// Takes the mutex only when the open time is over, the breaker is half-open or ramping, or it watches for slow calls. Never
  /// allocates when it rejects, unless that changes something.
  package func admit(at now: Instant) -> Admission {
    let seen = BreakerSummary(word: summary.load(ordering: .acquiring))
    if !seen.needsMachine, let admission = answer(seen, at: now) { return admission }
    return content.withLock { content in
      takeSuccesses(&content.machine)
      let admission = content.machine.admit(at: now, chance: host.chance)
      publish(content.machine)
      return admission
    }
  }

  /// What can be said without the machine.
  private func answer(_ seen: BreakerSummary, at now: Instant) -> Admission? {
    switch seen.state {
    case .closed:
      return .admit(BreakerPermit(generation: seen.generation), BreakerChanges())
    case .open:
      let until = Instant(nanoseconds: edge.load(ordering: .relaxed))
      guard now < until else { return nil }
      return .reject(BreakerRejection(reason: .open, retryAfter: now.nanoseconds(to: until)), BreakerChanges())
    case .isolated: return .reject(BreakerRejection(reason: .isolated, retryAfter: nil), BreakerChanges())
    case .forcedOpen: return .reject(BreakerRejection(reason: .open, retryAfter: nil), BreakerChanges())
    case .disabled: return .pass(nil, BreakerChanges())
    case .halfOpen, .ramping: return nil
    }
  }

  /// Takes back the permit of a call that ended, and says what that changed.
  package func record(
    _ permit: consuming BreakerPermit, _ outcome: Outcome, started: Instant, ended: Instant
  ) -> BreakerChanges {
    if case .success = outcome {
      if seen.ignoresSuccess(of: permit) || countPassively(permit.word, at: ended) { return BreakerChanges() }
    }
    return recordInMachine(permit, outcome, started: started, ended: ended)
  }

  /// What stands beside the machine.
  @inline(__always)
  var seen: BreakerSummary { BreakerSummary(word: summary.load(ordering: .acquiring)) }

  /// When the open time ends; means something only while the breaker is open.
  var opensAt: Instant { Instant(nanoseconds: edge.load(ordering: .relaxed)) }

  /// Counts a success among others; `false` when it takes more than that.
  func count(_ generation: UInt64, at now: Instant) -> Bool {
    change { $0.recordAnotherSuccess(generation: generation, at: now) }
  }

  /// Counts a success that ends now in the word, without the mutex; `false`, and nothing is done, when it takes that.
  ///
  /// A thread that stops after its look at the edge, for so long that the word comes to be the same in the next bucket, counts there: as if
  /// it had come a little later.
  @inline(__always)
  func countInSummary(_ permit: UInt64, at now: Instant) -> Bool {
    var seen = seen
    while let next = seen.counting(successOf: permit), now.nanoseconds < edge.load(ordering: .relaxed) {
      let (exchanged, original) = summary.weakCompareExchange(
        expected: seen.word, desired: next, successOrdering: .acquiringAndReleasing, failureOrdering: .acquiring)
      if exchanged { return true }
      seen = BreakerSummary(word: original)
    }
    return false
  }

  @inline(never)
  private func recordInMachine(
    _ permit: consuming BreakerPermit, _ outcome: Outcome, started: Instant, ended: Instant
  ) -> BreakerChanges {
    // A permit cannot be borrowed by a closure, so it travels as two words.
    let words = permit.stored()
    return change {
      $0.record(BreakerPermit(stored: words), outcome, started: started, ended: ended, chance: host.chance)
    }
  }

  /// Looks at the machine. What it does not know yet are successes that the word counts.
  func read<Answer>(_ body: (borrowing BreakerMachine) -> Answer) -> Answer {
    content.withLock { body($0.machine) }
  }

  /// Changes the machine and tells the words beside the mutex.
  func change<Answer>(_ body: (inout BreakerMachine) -> Answer) -> Answer {
    content.withLock { content in
      takeSuccesses(&content.machine)
      let answer = body(&content.machine)
      publish(content.machine)
      return answer
    }
  }

  /// Ends the counting of successes in the word, and tells the machine of those that were counted. Called with the mutex held.
  private func takeSuccesses(_ machine: inout BreakerMachine) {
    guard BreakerSummary(word: summary.load(ordering: .relaxed)).isCounting else { return }
    let old = summary.bitwiseAnd(~BreakerSummary.countingFlag, ordering: .acquiringAndReleasing).oldValue
    machine.recordSuccesses(BreakerSummary(word: old).count)
  }

  /// Called with the mutex held, so that the words follow the machine one change after the other.
  private func publish(_ machine: borrowing BreakerMachine) {
    if let edge = machine.edge { self.edge.store(edge.nanoseconds, ordering: .relaxed) }
    let word = machine.summary.word
    if word != summary.load(ordering: .relaxed) { summary.store(word, ordering: .releasing) }
  }

  /// What the breaker does with the next call. An open breaker stays so until a call comes after its time.
  public var state: BreakerStateName {
    let seen = BreakerSummary(word: summary.load(ordering: .acquiring))
    return seen.needsMachine && host.time != nil ? snapshot().state : seen.state
  }
}
