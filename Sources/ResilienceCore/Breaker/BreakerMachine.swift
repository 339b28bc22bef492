/// A circuit breaker as a pure machine: events and instants in, answers out.
///
/// It reads no clock, waits for nothing and locks nothing. Every transition begins a new generation, empties the window and the run
/// of failures, and makes every earlier permit count for nothing.
///
/// What time brings by itself, it does when it is asked next, at the instants that are due: see ``catchUp(through:chance:)``.
package struct BreakerMachine: Hashable, Sendable {
  // Indirect: a closed breaker, of which there may be many, needs room for none of what the other states remember.
  package indirect enum State: Hashable, Sendable {
    /// Can go to: open, isolated, forced open, disabled.
    case closed
    /// Can go to: half-open with the first call after its time; closed and isolated by hand; forced open, disabled.
    case open(Opening)
    /// Can go to: closed, ramping, open, isolated, forced open, disabled.
    case halfOpen(ProbePlaces, served: Opening)
    /// Can go to: closed with the first call after its last step, open, isolated, forced open, disabled.
    case ramping(RampStep, served: Opening)
    /// Can go to: closed, forced open or disabled, by hand; half-open, when nobody holds it any more.
    case isolated(BreakerIsolation)
    /// Can go to: isolated; closed or disabled with other settings.
    case forcedOpen
    /// Can go to: isolated; closed or forced open with other settings.
    case disabled
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

  /// One step between the verdict of the probes and closed.
  package struct RampStep: Hashable, Sendable {
    /// From 0.
    var index: Int
    var began: Instant
  }

  package internal(set) var numbers: BreakerNumbers
  package private(set) var state: State
  package private(set) var generation: UInt64 = 0
  var memory: BreakerMemory
  /// There once a call ran that may become slow.
  var watched = Rare<WatchedCalls>()

  package init(_ numbers: BreakerNumbers) {
    self.numbers = numbers
    state = Self.rest(in: numbers.settings.mode)
    memory = BreakerMemory(numbers.windowPlan)
  }

  // MARK: A call begins

  /// Lets a call run, or turns it away.
  package mutating func admit(at now: Instant, chance: Chance) -> Admission {
    let changes = catchUp(through: now, chance: chance)
    switch state {
    case .closed:
      return .admit(permit(at: now), changes)
    case .open(let opening):
      guard now >= opening.until else { return turnAway(.open, for: now.nanoseconds(to: opening.until), changes) }
      transition(to: .halfOpen(ProbePlaces(), served: opening))
      return admitProbe(ProbePlaces(), served: opening, at: now, changes + dated(.halfOpened(from: .open), at: now))
    case .halfOpen(let places, let served):
      return admitProbe(places, served: served, at: now, changes)
    case .ramping(let step, let served):
      return admitShare(step, served: served, at: now, chance: chance, changes)
    case .isolated:
      return .reject(BreakerRejection(reason: .isolated, retryAfter: nil), changes)
    case .forcedOpen:
      return .reject(BreakerRejection(reason: .open, retryAfter: nil), changes)
    case .disabled:
      return .pass(nil, changes)
    }
  }

  private mutating func admitProbe(
    _ places: ProbePlaces, served: Opening, at now: Instant, _ changes: BreakerChanges
  ) -> Admission {
    var places = places
    switch places.take(at: now, limit: numbers.probes, lease: numbers.lease(served: served.lasts)) {
    case .none(let wait):
      return turnAway(.probing, for: wait, changes)
    case .probe(let number):
      stay(.halfOpen(places, served: served))
      return .admit(BreakerPermit(generation: generation, probe: number), changes)
    }
  }

  /// The permit of a call that counts in the window.
  mutating func permit(at now: Instant) -> BreakerPermit {
    guard numbers.slowerThan != nil else { return BreakerPermit(generation: generation) }
    let number = watched.change(orMake: { WatchedCalls() }, { $0.begin(at: now) })
    return BreakerPermit(generation: generation, watched: number)
  }

  /// A rejection, or in shadow the word of one.
  func turnAway(_ reason: BreakerRejection.Reason, for wait: UInt64, _ changes: BreakerChanges) -> Admission {
    let rejection = BreakerRejection(reason: reason, retryAfter: wait)
    return numbers.isShadow ? .pass(rejection, changes) : .reject(rejection, changes)
  }

  // MARK: Transitions

  func dated(_ change: BreakerChange, at instant: Instant) -> DatedChange {
    DatedChange(change, at: instant, isShadow: numbers.isShadow)
  }

  mutating func openIfReached(at now: Instant, chance: Chance) -> BreakerChange? {
    guard let cause = memory.reached(numbers) else { return nil }
    if case .ramping(_, let served) = state {
      return open(from: .ramping, cause, reopenings: served.reopenings + 1, at: now, chance: chance)
    }
    return open(from: .closed, cause, reopenings: 0, at: now, chance: chance)
  }

  mutating func open(
    from: BreakerStateName, _ cause: BreakerCause, reopenings: Int, at now: Instant, chance: Chance
  ) -> BreakerChange {
    let draw = numbers.draw(chance)
    let lasts = numbers.openTime(reopenings: reopenings, draw: draw)
    transition(to: .open(Opening(since: now, reopenings: reopenings, draw: draw, lasts: lasts)))
    return .opened(from: from, cause, openTime: lasts)
  }

  mutating func transition(to next: State) {
    generation &+= 1
    memory.empty()
    watched.change { $0.empty() }
    state = next
  }

  /// Goes on within a state.
  mutating func stay(_ next: State) { state = next }

  /// Where a breaker with nothing to remember is.
  static func rest(in mode: CircuitBreakerSettings.Mode) -> State {
    switch mode {
    case .enforce, .shadow: .closed
    case .disabled: .disabled
    case .forcedOpen: .forcedOpen
    }
  }
}
