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
public final class CircuitBreaker: Sendable {
  private let ownName: InstanceName
  private let chance: Chance
  private let summary: Atomic<UInt64>
  /// When the open time ends; means something only while the summary says open.
  private let openUntil = Atomic<UInt64>(0)
  /// Nanoseconds above which a call is slow; the largest number when none is.
  private let slowLimit: Atomic<UInt64>
  private let machine: Mutex<BreakerMachine>

  package init(_ name: String, _ numbers: BreakerNumbers, chance: Chance) {
    let machine = BreakerMachine(numbers)
    ownName = InstanceName(name)
    self.chance = chance
    summary = Atomic(machine.summary.word)
    slowLimit = Atomic(numbers.slowerThan ?? .max)
    self.machine = Mutex(machine)
  }

  package convenience init(_ name: String, _ settings: CircuitBreakerSettings, chance: Chance) {
    self.init(name, BreakerNumbers(settings), chance: chance)
  }

  /// Makes a closed breaker that remembers nothing.
  public convenience init(_ name: String, _ settings: CircuitBreakerSettings) {
    self.init(name, settings, chance: Chance())
  }

  /// The name, as events and reports have it.
  public var name: String { ownName.text }

  /// Gives the breaker the name that it has after a reload.
  package func rename(from old: String, to new: String) { ownName.replace(old, by: new) }

  /// Lets a call run, or turns it away.
  ///
  /// Takes the mutex only when the open time is over or the breaker is half-open. Never allocates when it rejects.
  package func admit(at now: Instant) -> Admission {
    let seen = BreakerSummary(word: summary.load(ordering: .acquiring))
    switch seen.state {
    case .closed:
      return .admit(BreakerPermit(generation: seen.generation), nil)
    case .open:
      let until = Instant(nanoseconds: openUntil.load(ordering: .relaxed))
      guard now >= until else {
        return .reject(BreakerRejection(reason: .open, retryAfter: now.nanoseconds(to: until)))
      }
    case .isolated:
      return .reject(BreakerRejection(reason: .isolated, retryAfter: nil))
    case .halfOpen:
      break
    }
    return machine.withLock { machine in
      let admission = machine.admit(at: now)
      publish(machine)
      return admission
    }
  }

  /// Takes back the permit of a call that ended, and says what that changed.
  package func record(
    _ permit: consuming BreakerPermit, _ outcome: Outcome, started: Instant, ended: Instant
  ) -> BreakerChange? {
    if case .success = outcome, started.nanoseconds(to: ended) <= slowLimit.load(ordering: .relaxed) {
      let seen = BreakerSummary(word: summary.load(ordering: .acquiring))
      if seen.ignoresSuccess(of: permit) { return nil }
      if seen.countsSuccess(of: permit), count(seen.generation, at: ended) { return nil }
    }
    return recordInMachine(permit, outcome, started: started, ended: ended)
  }

  /// Notes that a call has run for longer than ``slowerThan`` and still runs.
  ///
  /// At most once for a permit, and before its end; a second time does nothing.
  package func markSlow(_ permit: inout BreakerPermit, at now: Instant) -> BreakerChange? {
    // A permit cannot be borrowed by a closure, so it travels as two words.
    let words = (permit.word, permit.detail)
    let (change, marked) = machine.withLock { machine in
      var permit = BreakerPermit(stored: words)
      let change = machine.markSlow(&permit, at: now, chance: chance)
      publish(machine)
      return (change, permit.stored())
    }
    permit = BreakerPermit(stored: marked)
    return change
  }

  /// Nanoseconds above which a running call is to be marked; `nil` when slow calls mean nothing.
  package var slowerThan: UInt64? {
    let limit = slowLimit.load(ordering: .relaxed)
    return limit == .max ? nil : limit
  }

  /// What the breaker does with the next call. An open breaker stays so until a call comes after its time.
  public var state: BreakerStateName { BreakerSummary(word: summary.load(ordering: .acquiring)).state }

  package func state(at now: Instant) -> BreakerSnapshot {
    machine.withLock { $0.snapshot(at: now) }
  }

  /// Counts a quick success among others; `false` when it takes more than that.
  private func count(_ generation: UInt64, at now: Instant) -> Bool {
    machine.withLock { machine in
      guard machine.recordAnotherSuccess(generation: generation, at: now) else { return false }
      if machine.isSteady { publish(machine) }
      return true
    }
  }

  @inline(never)
  private func recordInMachine(
    _ permit: consuming BreakerPermit, _ outcome: Outcome, started: Instant, ended: Instant
  ) -> BreakerChange? {
    let words = permit.stored()
    return change {
      $0.record(BreakerPermit(stored: words), outcome, started: started, ended: ended, chance: chance)
    }
  }

  /// Changes the machine and tells the words beside it.
  private func change(_ body: (inout BreakerMachine) -> BreakerChange?) -> BreakerChange? {
    machine.withLock { machine in
      let change = body(&machine)
      publish(machine)
      return change
    }
  }

  /// Called with the mutex held, so that the words follow the machine one change after the other.
  private func publish(_ machine: borrowing BreakerMachine) {
    if let until = machine.openUntil { openUntil.store(until.nanoseconds, ordering: .relaxed) }
    let word = machine.summary.word
    if word != summary.load(ordering: .relaxed) { summary.store(word, ordering: .releasing) }
  }
}

// MARK: - By hand, and by a reload

extension CircuitBreaker {
  /// Turns every call away until ``close(at:)``.
  package func isolate(at _: Instant) -> BreakerChange? {
    change { $0.isolate() }
  }

  /// Goes to closed from any state, with nothing remembered.
  package func close(at _: Instant) -> BreakerChange? {
    change { $0.close() }
  }

  /// Turns every call away until ``release(by:at:)``, or until somebody closes the breaker by hand.
  package func hold(by holder: String, at _: Instant) -> BreakerChange? {
    change { $0.hold(by: holder) }
  }

  /// Takes back what ``hold(by:at:)`` did. When nobody else keeps calls away, the next call is a probe.
  package func release(by holder: String, at now: Instant) -> BreakerChange? {
    change { $0.release(by: holder, at: now, chance: chance) }
  }

  /// Forgets window, run and growth, and closes.
  package func reset(at _: Instant) -> BreakerChange? {
    change { $0.close() }
  }

  /// Goes on under new settings: state, growth and the beginning of an open time stay, and the next result is judged by them.
  package func update(_ settings: CircuitBreakerSettings, at _: Instant) {
    let numbers = BreakerNumbers(settings)
    _ = change { machine in
      machine.update(numbers)
      slowLimit.store(numbers.slowerThan ?? .max, ordering: .relaxed)
      return nil
    }
  }
}
