/// What people and reloads do to a breaker.
extension BreakerMachine {
  /// Turns every call away until ``close(at:chance:)``, whatever the mode is.
  package mutating func isolate(at now: Instant, chance: Chance) -> BreakerChanges {
    isolate(at: now, chance: chance) { $0.isByHand = true }
  }

  /// Goes from any state to closed, or to what the mode has in its place, with nothing remembered.
  package mutating func close(at now: Instant, chance: Chance) -> BreakerChanges {
    var changes = catchUp(through: now, chance: chance)
    let from = name
    transition(to: Self.rest(in: numbers.settings.mode))
    if let change = arrival(from: from) { changes.append(DatedChange(change, at: now)) }
    return changes
  }

  /// Goes on under new numbers, which the next result is judged by.
  ///
  /// State, growth, run and the beginning of an open time stay; what is left of it is the new time less what has passed. The
  /// window stays unless the new settings ask for another one, which starts empty. A mode that has a state of its own is
  /// entered and left at once; out of it, the breaker is closed and fresh. A call that runs becomes slow by the new limit,
  /// but not in the past.
  package mutating func update(_ numbers: BreakerNumbers, at now: Instant, chance: Chance) -> BreakerChanges {
    var changes = catchUp(through: now, chance: chance)
    let old = self.numbers
    self.numbers = numbers
    if numbers.windowPlan != old.windowPlan {
      memory.replaceWindow(numbers.windowPlan)
      watched.change { $0.forgetRecords() }
    }
    if numbers.slowerThan != old.slowerThan { followLimit(at: now) }
    if case .open(var opening) = state {
      opening.lasts = numbers.openTime(reopenings: opening.reopenings, draw: opening.draw)
      stay(.open(opening))
    }
    if let change = followMode() { changes.append(DatedChange(change, at: now)) }
    return changes
  }

  private mutating func followLimit(at now: Instant) {
    let isWatching = numbers.slowerThan != nil
    watched.change { isWatching ? $0.limitChanged(at: now) : $0.stopWatching() }
    if watched.read({ $0.isEmpty }) == true { watched.remove() }
  }

  private mutating func followMode() -> BreakerChange? {
    let rest = Self.rest(in: numbers.settings.mode)
    switch state {
    case .isolated: return nil
    case .forcedOpen, .disabled: if state == rest { return nil }
    case .closed, .open, .halfOpen, .ramping: if rest == .closed { return nil }
    }
    let from = name
    transition(to: rest)
    return arrival(from: from)
  }

  /// What is told of a transition to the state of rest; `nil` when the breaker was there.
  private func arrival(from: BreakerStateName) -> BreakerChange? {
    guard from != name else { return nil }
    return switch state {
    case .forcedOpen: .forcedOpen(from: from)
    case .disabled: .disabled(from: from)
    default: .closed(from: from)
    }
  }
}

/// What a breaker that takes the place of another one begins with.
package enum BreakerStanding: Hashable, Sendable {
  /// This open time: over or not, the next call after it is a probe.
  case open(BreakerMachine.Opening)
  case isolated

  /// When the open time ends; `nil` for isolated.
  package var until: Instant? {
    if case .open(let opening) = self { opening.until } else { nil }
  }

  /// Nanoseconds of the open time; `nil` for isolated.
  package var lasts: UInt64? {
    if case .open(let opening) = self { opening.lasts } else { nil }
  }
}

extension BreakerMachine {
  /// What a breaker in the place of this one would have to begin with; `nil` when there is nothing to hold against its callee.
  package var standing: BreakerStanding? {
    switch state {
    case .closed, .forcedOpen, .disabled: nil
    case .isolated(let isolation): isolation.isByHand ? .isolated : nil
    case .open(let opening), .halfOpen(_, let opening), .ramping(_, let opening): .open(opening)
    }
  }

  /// Begins with what another breaker was in, under the own numbers.
  package mutating func adopt(_ standing: BreakerStanding) {
    switch standing {
    case .isolated: transition(to: .isolated(BreakerIsolation(isByHand: true)))
    case .open(var opening):
      guard state == .closed else { return }
      opening.lasts = numbers.openTime(reopenings: opening.reopenings, draw: opening.draw)
      transition(to: .open(opening))
    }
  }
}
