/// A call ends.
extension BreakerMachine {
  private enum Verdict { case success, failure, none }

  /// Takes back a permit with the call's outcome.
  ///
  /// At one instant, ends come before calls that become slow.
  package mutating func record(
    _ permit: consuming BreakerPermit, _ outcome: Outcome, started: Instant, ended: Instant, chance: Chance
  ) -> BreakerChanges {
    if case .disabled = state { return BreakerChanges() }
    var changes = catchUp(before: ended, chance: chance)
    if let change = takeBack(permit, outcome, started: started, ended: ended, chance: chance) {
      changes.append(dated(change, at: ended))
    }
    return changes
  }

  /// Takes back a permit with a quick success, the short way; `false`, and nothing is done, when it takes more than to count it.
  package mutating func recordAnotherSuccess(generation: UInt64, at now: Instant) -> Bool {
    guard generation == self.generation, case .closed = state, !numbers.opensOnSuccesses, numbers.slowerThan == nil
    else { return false }
    return memory.noteAnotherSuccess(at: now)
  }

  /// Takes successes that were counted elsewhere in the current bucket of time, as ``summary`` allowed.
  mutating func recordSuccesses(_ number: Int) { memory.noteSuccesses(number) }

  /// A permit is current when no transition came after it; a fresh window within the state does not make it old.
  private mutating func takeBack(
    _ permit: consuming BreakerPermit, _ outcome: Outcome, started: Instant, ended: Instant, chance: Chance
  ) -> BreakerChange? {
    let verdict = verdict(of: outcome)
    guard permit.generation == generation else { return verdict == .none ? nil : .late }
    switch state {
    case .closed, .ramping:
      let number = permit.isWatched ? permit.detail : nil
      let record = number.flatMap { number in watched.change { $0.end(number) } ?? nil }
      let slow = record != nil || numbers.isSlow(started, ended)
      return note(verdict, slow: slow, record: record, at: ended, chance: chance)
    case .halfOpen(let places, let served):
      return settle(places, served, permit.detail, verdict, at: ended, chance: chance)
    case .open, .isolated, .forcedOpen, .disabled:
      return .late
    }
  }

  private func verdict(of outcome: Outcome) -> Verdict {
    switch outcome {
    case .success: .success
    case .failure(let classes): classes.isDisjoint(with: numbers.settings.handle) ? .success : .failure
    case .ignored, .cancelled: .none
    }
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
    if isInTime, verdict == .success { places.countSuccess() }
    stay(.halfOpen(places, served: served))
    guard isInTime else { return verdict == .none ? nil : .late }
    switch verdict {
    case .none: return nil
    case .failure: return open(from: .halfOpen, .probe, reopenings: served.reopenings + 1, at: now, chance: chance)
    case .success: return places.successes >= numbers.successes ? passProbes(served, at: now) : nil
    }
  }

  /// The probes succeeded: closed, or the first step of the ramp.
  private mutating func passProbes(_ served: Opening, at now: Instant) -> BreakerChange {
    guard let share = numbers.ramp.first else {
      transition(to: .closed)
      return .closed(from: .halfOpen)
    }
    transition(to: .ramping(RampStep(index: 0, began: now), served: served))
    return .ramping(step: 1, of: numbers.ramp.count, share: share)
  }
}
