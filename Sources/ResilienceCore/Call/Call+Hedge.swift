extension Call {
  /// Begins a race in the place of the body.
  mutating func startRace(at now: Instant) -> Next {
    guard case .hedge(let hedge, _) = plan.layers[innermost].mechanism else { return finish() }
    let delay = hedge.delay
    let machine = HedgeMachine(
      at: now, delay: delay, extra: hedge.extra, lastStart: limit(outside: innermost), end: bodyLimit.cancellation)
    pending = .race(HedgeRace(machine, started: now, delay: delay, attemptsBefore: attempt))
    return .hedge(.start(leg(0)))
  }

  /// Goes on after ``HedgeStep/start(_:)``.
  package mutating func legStarted(at now: Instant) -> Next { advanceRace(at: now) }

  /// Goes on when the instant of ``HedgeStep/wait(until:)`` has come.
  package mutating func hedgeWaitEnded(at now: Instant) -> Next { advanceRace(at: now) }

  /// Notes that a leg starts a body. The race goes on as it was told last.
  package mutating func legAttemptStarted(_ leg: Int, at now: Instant) {
    guard case .race(let race) = pending else { return }
    attempt += 1
    attemptStarted = now
    bodyRan = true
    race.noteBody(of: leg, at: now)
  }

  /// Goes on when a leg has finished.
  package mutating func legEnded(_ leg: Int, _ end: LegEnd, at now: Instant) -> Next {
    guard case .race(let race) = pending else { return finish() }
    if race.result == nil { race.noteEnd(end, of: leg, at: now) }
    return follow(race.machine.legEnded(leg, result(of: end)), of: race, at: now)
  }

  /// Goes on when the caller is cancelled while the legs run, or when this is a leg that was left.
  ///
  /// - Parameter byLimit: Whether it was left because of ``HedgeSettlement/Reason/limit``.
  package mutating func hedgeCancelled(byLimit: Bool = false, at now: Instant) -> Next {
    guard case .race(let race) = pending else { return finish() }
    let byLimit = byLimit || inheritedLimitCancelled(at: now)
    return follow(race.machine.cancel(byLimit: byLimit), of: race, at: now)
  }

  /// Goes on after ``HedgeStep/settle(_:)``.
  package mutating func hedgeSettled(at now: Instant) -> Next {
    guard case .race(let race) = pending else { return finish() }
    pending = .nothing
    noteAttempts(of: race, at: now)
    switch race.result {
    case .won(let leg): return winner(leg, of: race, at: now)
    case .failed: cause = race.end(of: 0)?.cause ?? .cancelled
    case .cancelled, nil: cause = .cancelled
    case .timedOut:
      let passed = limitPassed(at: now, outside: innermost) ?? PassedLimit(layer: nil, instant: now)
      return timeOut(by: passed, at: now, ascendingFrom: innermost - 1)
    }
    return ascend(from: innermost - 1, at: now)
  }

  private mutating func winner(_ leg: Int, of race: HedgeRace, at now: Instant) -> Next {
    cause = race.end(of: leg)?.cause ?? .cancelled
    if leg > 0 { emit(.hedgeWon(leg: leg), layer: innermost, at: now) }
    return ascend(from: innermost - 1, at: now)
  }

  private mutating func advanceRace(at now: Instant) -> Next {
    guard case .race(let race) = pending, case .hedge(_, let budget) = plan.layers[innermost].mechanism else {
      return finish()
    }
    var refused = 0
    let step = race.machine.advance(at: now) {
      guard let budget, !budget.take(at: now) else { return true }
      refused += 1
      return false
    }
    if let budget { for _ in 0..<refused { emit(.hedgeRefused(budget: budget.name), layer: innermost, at: now) } }
    return follow(step, of: race, at: now)
  }

  private mutating func follow(_ step: HedgeMachine.Step, of race: HedgeRace, at now: Instant) -> Next {
    switch step {
    case .wait(let until): return .hedge(.wait(until: until))
    case .start(let number):
      race.noteStart()
      emit(.hedgeStarted(leg: number, after: race.started.duration(to: now)), layer: innermost, at: now)
      return .hedge(.start(leg(number)))
    case .over(let result):
      if race.result == nil {
        race.result = result
        learn(from: race, at: now)
      }
      // To what is outside, the race is one attempt.
      attemptStarted = race.started
      return .hedge(.settle(settlement(result, of: race, at: now)))
    }
  }

  private func leg(_ number: Int) -> Leg {
    Leg(
      number: number, plan: plan, labels: labels, inherited: inherited, outermost: innermost + 1, states: states)
  }

  private mutating func settlement(
    _ result: HedgeMachine.Result, of race: HedgeRace, at now: Instant
  ) -> HedgeSettlement {
    let running = race.machine.running
    let (answer, reason): (Int?, HedgeSettlement.Reason) =
      switch result {
      case .won(let leg): (leg, .lost)
      case .failed: (0, .lost)
      case .timedOut: (nil, .limit)
      case .cancelled: (nil, .cancelled)
      }
    let runsOn = !running.isEmpty || race.leavesBodies
    if runsOn {
      leavesBodies = true
      noteRace(result, at: now)
    }
    return HedgeSettlement(
      answer: answer, running: running, reason: reason, places: runsOn ? surrenderPlaces() : [])
  }

  private func result(of end: LegEnd) -> HedgeMachine.LegResult {
    switch end.cause {
    case .success, .fallbackServed: .success
    case .timeout(let owner): (owner ?? -1) < innermost ? .late : .failure
    case .body, .injected, .rejection, .fallbackFailed, .cancelled: .failure
    }
  }

  /// Tells the hedge what the primary call says of how long calls take; see ``Hedge``.
  private func learn(from race: HedgeRace, at now: Instant) {
    guard case .hedge(let hedge, _) = plan.layers[innermost].mechanism, let primary = race.legs.first else { return }
    let watched = race.started.nanoseconds(to: primary.ended ?? now)
    switch primary.end?.cause {
    case .success: hedge.record(primary: watched)
    case nil, .timeout: if watched >= race.delay { hedge.record(primary: watched) }
    default: break
    }
  }

  /// Takes the attempts of the legs into the history, where more happened than that the primary call succeeded at once.
  private mutating func noteAttempts(of race: HedgeRace, at now: Instant) {
    let isPlain = race.legs.count == 1 && race.end(of: 0).map { $0.isSuccess && $0.history.isEmpty } ?? false
    guard !history.isEmpty || !isPlain else { return }
    let attempts = race.attempts(until: now)
    history += attempts
    attempt = max(attempt, race.attemptsBefore + attempts.count)
  }
}
