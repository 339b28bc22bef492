internal import ResilienceCore

/// The legs of hedges: each is a record of its own, driven like any other call, that tells the call that races of its bodies and
/// of its end.
extension World {
  /// Does what a race asks for.
  mutating func race(_ slot: UInt32, _ step: HedgeStep) {
    pool[slot].stage = .racing
    switch step {
    case .start(let leg): start(leg, of: slot)
    case .wait(let until): appoint(slot, at: until?.nanoseconds ?? .max, .timers)
    case .settle(let settlement): settle(slot, settlement)
    }
  }

  private mutating func start(_ leg: Leg, of slot: UInt32) {
    let child = pool.insert(
      CallRecord(
        Call(leg), number: pool[slot].number, began: now, graph: pool[slot].graph,
        race: RaceOfLeg(slot: slot, leg: leg.number), isQuiet: pool[slot].isQuiet))
    pool[slot].legs[leg.number] = child
    proceed(slot, pool[slot].call.legStarted(at: instant))
    // By now the race may be over.
    if pool[child].left == nil { proceed(child, pool[child].call.enter(at: instant)) } else { finishLeg(child) }
  }

  /// Counts a body that starts, for its leg and for every call around it.
  mutating func countAttempt(_ slot: UInt32) {
    var outermost = slot
    while let race = pool[outermost].race {
      pool[race.slot].call.legAttemptStarted(race.leg, at: instant)
      outermost = race.slot
    }
    let attempt = pool[outermost].call.attempt
    pool[outermost].attempt = attempt
    pool[slot].attempt = attempt
  }

  /// What a leg that was left does in the place of waiting or starting anything; `nil` for answers that it follows.
  mutating func instead(of next: Next, _ slot: UInt32) -> Next? {
    switch next {
    case .attempt: pool[slot].call.attemptEnded(.cancelled, at: instant)
    case .wait, .queue: pool[slot].call.waitEnded(.cancelled, at: instant)
    case .hedge(.start), .hedge(.wait): pool[slot].call.hedgeCancelled(byLimit: pool[slot].left == .limit, at: instant)
    case .fallback: pool[slot].call.fallbackEnded(.cancelled, at: instant)
    case .hedge, .inject, .finished: nil
    }
  }

  private mutating func settle(_ slot: UInt32, _ settlement: HedgeSettlement) {
    _ = pool.newEpoch(slot)
    let legs = pool[slot].legs
    pool[slot].legs = [:]
    pool[slot].stage = .deciding
    if settlement.running.isEmpty { for place in settlement.places { place.leave() } }
    let debt = LegDebt(legs: settlement.running.count, places: settlement.places)
    for number in settlement.running {
      guard let leg = legs[number] else {
        debt.legEnded()
        continue
      }
      pool[leg].debt = debt
      pool[leg].left = settlement.reason
    }
    for number in settlement.running { if let leg = legs[number] { cancel(leg) } }
    proceed(slot, pool[slot].call.hedgeSettled(at: instant))
  }

  /// Ends the record of a leg, and tells the call that races, unless that has left it.
  mutating func finishLeg(_ slot: UInt32) {
    guard let race = pool[slot].race else { return }
    let end = pool[slot].call.legEnd
    let debt = pool[slot].debt
    let isLeft = pool[slot].left != nil
    pool.remove(slot)
    guard !isLeft else {
      debt?.legEnded()
      return
    }
    pool[race.slot].legs[race.leg] = nil
    proceed(race.slot, pool[race.slot].call.legEnded(race.leg, end, at: instant))
  }
}
