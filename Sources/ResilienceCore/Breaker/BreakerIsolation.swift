/// Who keeps a breaker from letting any call through.
package struct BreakerIsolation: Hashable, Sendable {
  /// Whether a person does.
  package var isByHand = false
  /// The health checks that do, by name.
  package var holders: Set<String> = []

  fileprivate var isOver: Bool { !isByHand && holders.isEmpty }
}

extension BreakerMachine {
  /// Turns every call away until this holder releases the breaker, whatever the mode is.
  package mutating func hold(by holder: String, at now: Instant, chance: Chance) -> BreakerChanges {
    isolate(at: now, chance: chance) { _ = $0.holders.insert(holder) }
  }

  /// Takes back what ``hold(by:at:chance:)`` did; nothing changes when somebody else still keeps calls away, or a person has
  /// closed the breaker.
  ///
  /// The breaker goes on as if its first open time were just over: the next call is a probe. One that its mode keeps from deciding
  /// goes back to what the mode says.
  package mutating func release(by holder: String, at now: Instant, chance: Chance) -> BreakerChanges {
    guard case .isolated(var isolation) = state, isolation.holders.remove(holder) != nil else {
      return BreakerChanges()
    }
    guard isolation.isOver else {
      stay(.isolated(isolation))
      return BreakerChanges()
    }
    guard Self.rest(in: numbers.settings.mode) == .closed else { return close(at: now, chance: chance) }
    let draw = numbers.draw(chance)
    let served = Opening(since: now, reopenings: 0, draw: draw, lasts: numbers.openTime(reopenings: 0, draw: draw))
    transition(to: .halfOpen(ProbePlaces(), served: served))
    return BreakerChanges(dated(.halfOpened(from: .isolated), at: now))
  }

  /// Adds a reason to let no call through.
  mutating func isolate(
    at now: Instant, chance: Chance, _ add: (inout BreakerIsolation) -> Void
  ) -> BreakerChanges {
    if case .isolated(var isolation) = state {
      add(&isolation)
      stay(.isolated(isolation))
      return BreakerChanges()
    }
    var changes = catchUp(through: now, chance: chance)
    changes.append(DatedChange(.isolated(from: name), at: now))
    var isolation = BreakerIsolation()
    add(&isolation)
    transition(to: .isolated(isolation))
    return changes
  }
}
