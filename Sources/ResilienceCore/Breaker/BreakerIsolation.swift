/// Who keeps a breaker from letting any call through.
package struct BreakerIsolation: Hashable, Sendable {
  /// Whether a person does.
  package var isByHand = false
  /// The health checks that do, by name.
  package var holders: Set<String> = []

  fileprivate var isOver: Bool { !isByHand && holders.isEmpty }
}

extension BreakerMachine {
  /// Turns every call away until this holder releases the breaker; `nil` when it turned them away already.
  package mutating func hold(by holder: String) -> BreakerChange? {
    isolate { _ = $0.holders.insert(holder) }
  }

  /// Takes back what ``hold(by:)`` did; `nil` when somebody else still keeps calls away, or a person has closed the breaker.
  ///
  /// The breaker goes on as if its first open time were just over: the next call is a probe.
  package mutating func release(by holder: String, at now: Instant, chance: Chance) -> BreakerChange? {
    guard case .isolated(var isolation) = state, isolation.holders.remove(holder) != nil else { return nil }
    guard isolation.isOver else {
      state = .isolated(isolation)
      return nil
    }
    let draw = numbers.draw(chance)
    let served = Opening(since: now, reopenings: 0, draw: draw, lasts: numbers.openTime(reopenings: 0, draw: draw))
    transition(to: .halfOpen(ProbePlaces(), served: served))
    return .halfOpened
  }

  /// Adds a reason to let no call through.
  mutating func isolate(_ add: (inout BreakerIsolation) -> Void) -> BreakerChange? {
    if case .isolated(var isolation) = state {
      add(&isolation)
      state = .isolated(isolation)
      return nil
    }
    let from = name
    var isolation = BreakerIsolation()
    add(&isolation)
    transition(to: .isolated(isolation))
    return .isolated(from: from)
  }
}
