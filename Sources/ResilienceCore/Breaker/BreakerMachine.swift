/// A circuit breaker as a pure machine: events and instants in, answers out.
///
/// It reads no clock, waits for nothing and locks nothing. Every transition begins a new generation, empties the window and the run
/// of failures, and makes every earlier permit count for nothing.
package struct BreakerMachine: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    /// Can go to: open, isolated.
    case closed
    /// Can go to: half-open with the first call after its time, closed or isolated by hand.
    case open(Opening)
    /// Can go to: closed, open, isolated.
    case halfOpen(ProbePlaces, served: Opening)
    /// Can go to: closed, by hand; half-open, when nobody holds it any more.
    case isolated(BreakerIsolation)
  }

  /// One open time.
  package struct Opening: Hashable, Sendable {
    var since: Instant
    /// How many attempts to close had failed in a row before it.
    var reopenings: Int
    /// Which part of the jitter it got.
    var draw: UInt32
    /// Nanoseconds.
    var lasts: UInt64

    var until: Instant { since.advanced(by: lasts) }
  }

  package private(set) var numbers: BreakerNumbers
  package internal(set) var state: State = .closed
  /// Of the state, and of the window: a window that starts fresh within a state has a newer generation than the state.
  private var stateGeneration: UInt64 = 0
  package private(set) var generation: UInt64 = 0
  private var memory: BreakerMemory

  package init(_ numbers: BreakerNumbers) {
    self.numbers = numbers
    memory = BreakerMemory(numbers.windowPlan)
  }

  // MARK: A call begins

  /// Lets a call run, or turns it away.
  package mutating func admit(at now: Instant) -> Admission {
    switch state {
    case .closed:
      return .admit(BreakerPermit(generation: generation), nil)
    case .open(let opening):
      guard now >= opening.until else {
        return .reject(BreakerRejection(reason: .open, retryAfter: now.nanoseconds(to: opening.until)))
      }
      transition(to: .halfOpen(ProbePlaces(), served: opening))
      return admitProbe(at: now, change: .halfOpened)
    case .halfOpen:
      return admitProbe(at: now, change: nil)
    case .isolated:
      return .reject(BreakerRejection(reason: .isolated, retryAfter: nil))
    }
  }

  private mutating func admitProbe(at now: Instant, change: BreakerChange?) -> Admission {
    guard case .halfOpen(var places, let served) = state else { return admit(at: now) }
    switch places.take(at: now, limit: numbers.probes, lease: numbers.lease(served: served.lasts)) {
    case .none(let wait):
      return .reject(BreakerRejection(reason: .probing, retryAfter: wait))
    case .probe(let number):
      state = .halfOpen(places, served: served)
      return .admit(BreakerPermit(generation: generation, probe: number), change)
    }
  }

  // MARK: A call is slow

  /// Puts a call that just became slow, and still runs, into the window.
  ///
  /// A probe is left alone: it decides nothing until it ends.
  package mutating func markSlow(
    _ permit: inout BreakerPermit, at now: Instant, chance: Chance
  ) -> BreakerChange? {
    guard case .closed = state, isCurrent(permit), !permit.isMarked, numbers.slowerThan != nil else { return nil }
    permit.mark(memory.noteSlow(at: now), generation: generation)
    return openIfReached(at: now, chance: chance)
  }

  // MARK: A call ends

  /// Takes back a permit with the call's outcome.
  package mutating func record(
    _ permit: consuming BreakerPermit, _ outcome: Outcome, started: Instant, ended: Instant, chance: Chance
  ) -> BreakerChange? {
    let verdict = verdict(of: outcome)
    guard isCurrent(permit) else { return verdict == .none ? nil : .late }
    switch state {
    case .closed:
      let slow = numbers.isSlow(started, ended)
      return note(verdict, slow: slow, record: place(of: permit), at: ended, chance: chance)
    case .halfOpen(let places, let served):
      return settle(places, served, permit.detail, verdict, at: ended, chance: chance)
    case .open, .isolated:
      return .late
    }
  }

  /// Takes back a permit with a quick success, the short way; `false`, and nothing is done, when it takes more than to count it.
  package mutating func recordAnotherSuccess(generation: UInt64, at now: Instant) -> Bool {
    guard generation == self.generation, case .closed = state, !numbers.opensOnSuccesses else { return false }
    return memory.noteAnotherSuccess(at: now)
  }

  private enum Verdict { case success, failure, none }

  private func verdict(of outcome: Outcome) -> Verdict {
    switch outcome {
    case .success: .success
    case .failure(let classes): classes.isDisjoint(with: numbers.settings.handle) ? .success : .failure
    case .ignored, .cancelled: .none
    }
  }

  /// A permit is current when no transition came after it; a fresh window within the state does not make it old.
  private func isCurrent(_ permit: borrowing BreakerPermit) -> Bool { permit.generation >= stateGeneration }

  /// The place of the call's record in the window, if that is still the window which it was put in.
  private func place(of permit: borrowing BreakerPermit) -> UInt64? {
    permit.isMarked && permit.generation == generation ? permit.detail : nil
  }

  private mutating func note(
    _ verdict: Verdict, slow: Bool, record: UInt64?, at now: Instant, chance: Chance
  ) -> BreakerChange? {
    if verdict != .none {
      memory.note(failed: verdict == .failure, slow: slow, record: record, at: now)
    } else if slow, record == nil {
      memory.noteSlow(at: now)
    } else {
      return nil
    }
    return openIfReached(at: now, chance: chance)
  }

  private mutating func settle(
    _ places: ProbePlaces, _ served: Opening, _ probe: UInt64, _ verdict: Verdict, at now: Instant, chance: Chance
  ) -> BreakerChange? {
    var places = places
    let isInTime = places.giveBack(probe, ended: now, lease: numbers.lease(served: served.lasts))
    state = .halfOpen(places, served: served)
    guard isInTime else { return verdict == .none ? nil : .late }
    switch verdict {
    case .none:
      return nil
    case .failure:
      return open(from: .halfOpen, .probe, reopenings: served.reopenings + 1, at: now, chance: chance)
    case .success:
      places.countSuccess()
      state = .halfOpen(places, served: served)
      guard places.successes >= numbers.successes else { return nil }
      transition(to: .closed)
      return .closed(from: .halfOpen)
    }
  }

  // MARK: Transitions

  private mutating func openIfReached(at now: Instant, chance: Chance) -> BreakerChange? {
    guard let cause = memory.reached(numbers) else { return nil }
    return open(from: .closed, cause, reopenings: 0, at: now, chance: chance)
  }

  private mutating func open(
    from: BreakerStateName, _ cause: BreakerCause, reopenings: Int, at now: Instant, chance: Chance
  ) -> BreakerChange {
    let draw = numbers.draw(chance)
    let lasts = numbers.openTime(reopenings: reopenings, draw: draw)
    transition(to: .open(Opening(since: now, reopenings: reopenings, draw: draw, lasts: lasts)))
    return .opened(from: from, cause, openTime: lasts)
  }

  mutating func transition(to next: State) {
    generation &+= 1
    stateGeneration = generation
    memory.empty()
    state = next
  }

  // MARK: By hand

  /// Turns every call away until ``close()``; `nil` when it does already.
  package mutating func isolate() -> BreakerChange? {
    isolate { $0.isByHand = true }
  }

  /// Goes to closed from any state, with nothing remembered; `nil` when the breaker was closed.
  package mutating func close() -> BreakerChange? {
    let from = name
    transition(to: .closed)
    return from == .closed ? nil : .closed(from: from)
  }

  // MARK: New settings

  /// Goes on under new numbers, which the next result is judged by.
  ///
  /// State, growth, run and the beginning of an open time stay; what is left of it is the new time less what has passed. The
  /// window stays unless the new settings ask for another one, which starts empty.
  package mutating func update(_ numbers: BreakerNumbers) {
    if numbers.windowPlan != self.numbers.windowPlan {
      generation &+= 1
      memory.replaceWindow(numbers.windowPlan)
    }
    self.numbers = numbers
    if case .open(var opening) = state {
      opening.lasts = numbers.openTime(reopenings: opening.reopenings, draw: opening.draw)
      state = .open(opening)
    }
  }

  // MARK: Looking at it

  package var name: BreakerStateName {
    switch state {
    case .closed: .closed
    case .open: .open
    case .halfOpen: .halfOpen
    case .isolated: .isolated
    }
  }

  /// Closed, and one more quick success would change nothing.
  package var isSteady: Bool { memory.isSteady && name == .closed && memory.reached(numbers) == nil }

  var summary: BreakerSummary { BreakerSummary(name, generation: generation, isSteady: isSteady) }

  package var openUntil: Instant? {
    if case .open(let opening) = state { opening.until } else { nil }
  }

  /// Everything at one moment. Forgets what the window has to forget by then.
  package mutating func snapshot(at now: Instant) -> BreakerSnapshot {
    memory.advance(to: now)
    var snapshot = BreakerSnapshot(
      state: name, generation: generation, run: memory.run, window: memory.counts, openUntil: openUntil, probes: 0,
      successes: 0)
    if case .halfOpen(let places, _) = state {
      snapshot.probes = places.count
      snapshot.successes = places.successes
    }
    return snapshot
  }
}
