internal import ResilienceCore

extension World {
  /// Begins the call with the next number.
  mutating func beginCall(labels: [String: String]) {
    callsBegun += 1
    let number = callsBegun
    recording.callStarted(number, at: now)
    guard let plan = graphs[graphs.count - 1].plan else { return reject(number) }
    guard cancelledBeforehand.isEmpty || !cancelledBeforehand.contains(number) else {
      recording.callEnded(number, .cancelled, attempts: 0, began: now, at: now)
      return
    }
    let slot = pool.insert(
      CallRecord(Call(plan, labels: labels, hedging: true), number: number, began: now, graph: graphs.count - 1))
    if load.namesCalls { slots[number] = slot }
    proceed(slot, pool[slot].call.enter(at: instant))
  }

  /// Turns away a call whose operation a reload removed.
  private mutating func reject(_ number: Int) {
    recording.note(
      .rejected(reason: "operation-removed", retryAfter: nil), at: now, call: number, layer: "operation",
      name: operation)
    recording.callEnded(number, .rejected, attempts: 0, began: now, at: now)
  }

  /// Does what the machine of a call answers, until it has to wait.
  mutating func proceed(_ slot: UInt32, _ first: Next) {
    var next = first
    while true {
      tellEvents(of: slot)
      if pool[slot].left != nil, let instead = instead(of: next, slot) {
        next = instead
        continue
      }
      switch next {
      case .attempt:
        startBody(slot)
        return
      case .wait(let until):
        pool[slot].stage = .waiting
        appoint(slot, at: until.nanoseconds, .timers)
        return
      case .queue(let waiter, let until):
        queue(slot, waiter, until: until?.nanoseconds ?? .max)
        return
      case .fallback(let layer, let step):
        guard let end = serve(slot, layer: layer, step: step) else { return }
        next = pool[slot].call.fallbackEnded(end, at: instant)
      case .inject: next = pool[slot].call.valueInjected(true, at: instant)
      case .hedge(let step):
        race(slot, step)
        return
      case .finished(let verdict):
        finish(slot, verdict)
        return
      }
    }
  }

  private mutating func queue(_ slot: UInt32, _ waiter: Waiter, until: UInt64) {
    pool[slot].stage = .queued(waiter)
    appoint(slot, at: until, .timers)
    let grant = Notices.Grant(slot: slot, epoch: pool.epoch(of: slot))
    let notices = self.notices
    if !waiter.whenEnded({ notices.grant(grant) }) { notices.grant(grant) }
  }

  /// The appointment of a call has come.
  mutating func due(_ slot: UInt32) {
    switch pool[slot].stage {
    case .body: bodyIsDue(slot)
    case .waiting: endWait(of: slot, .granted)
    case .queued: endWait(of: slot, .expired)
    case .racing: proceed(slot, pool[slot].call.hedgeWaitEnded(at: instant))
    case .deciding, .standIn: break
    }
  }

  /// Ends a wait of a call. One that ends without a grant is taken out of the queue by the machine.
  mutating func endWait(of slot: UInt32, _ end: WaitEnd) {
    if case .queued(let waiter) = pool[slot].stage, end != .granted {
      _ = pool.newEpoch(slot)
      _ = waiter.giveUp()
    }
    _ = pool.newEpoch(slot)
    pool[slot].stage = .deciding
    pool[slot].followsFailure = false
    proceed(slot, pool[slot].call.waitEnded(end, at: instant))
  }

  private mutating func finish(_ slot: UInt32, _ verdict: Verdict) {
    if pool[slot].race != nil { return finishLeg(slot) }
    let number = pool[slot].number
    let outcome = CallOutcome(verdict)
    if let outer = pool[slot].standsInFor {
      pool.remove(slot)
      return standInEnded(outer, outcome)
    }
    if outcome == .success { keepGood(slot) }
    recording.callEnded(
      number, outcome, attempts: pool[slot].call.attempt, began: pool[slot].began, at: now)
    pool.remove(slot)
    if load.namesCalls { slots[number] = nil }
  }

  /// Tells what the mechanisms decided in the step that is over.
  func isQuiet(_ slot: UInt32) -> Bool { pool[slot].isQuiet }

  private mutating func tellEvents(of slot: UInt32) {
    let events = notices.takeEvents()
    guard !events.isEmpty else { return }
    let number = pool[slot].number
    let attempt = isQuiet(slot) ? nil : Optional(pool[slot].attempt)
    for event in events {
      tell(event, call: number, attempt: attempt, followsFailure: pool[slot].followsFailure)
    }
  }

  private mutating func tell(_ event: ResilienceEvent, call: Int, attempt: Int?, followsFailure: Bool) {
    let at = event.instant.nanoseconds
    let layer = event.layer.description
    switch event.kind {
    case .retryScheduled(_, _, let delay, _):
      recording.note(
        .retryScheduled(delay: delay.nanoseconds), at: at, call: call, attempt: attempt, layer: layer, name: event.name)
    case .retryStopped(_, let reason, _):
      guard followsFailure else { return }
      recording.note(
        .retryStopped(reason: reason.word), at: at, call: call, attempt: attempt, layer: layer, name: event.name)
    case .rejected(let reason, let retryAfter):
      recording.note(
        .rejected(reason: reason, retryAfter: retryAfter?.nanoseconds), at: at, call: call, layer: layer,
        name: event.name)
    case .bulkheadFull:
      recording.note(
        .rejected(reason: RejectionReason.bulkheadFull.rawValue, retryAfter: nil), at: at, call: call, layer: layer,
        name: event.name)
    case .rateLimited(_, _, let nextSlot):
      recording.note(
        .rejected(reason: RejectionReason.rateLimited.rawValue, retryAfter: nextSlot.nanoseconds), at: at, call: call,
        layer: layer, name: event.name)
    case .timedOut:
      recording.note(
        .timedOut, at: at, call: call, attempt: followsFailure ? attempt : nil, layer: layer, name: event.name)
    case .fallbackServed(let kind, _):
      recording.note(.fallbackServed(kind: kind), at: at, call: call, layer: layer, name: event.name)
    case .hedgeStarted: recording.note(.hedgeStarted, at: at, call: call, layer: layer, name: event.name)
    case .hedgeWon: recording.note(.hedgeWon, at: at, call: call, layer: layer, name: event.name)
    // What a breaker in shadow would have done is told of its states; the calls went on.
    case .breaker(let change), .shadow(.breaker(let change)): recording.breaker(event.name, change, at: at, call: call)
    default: break
    }
  }
}

extension CallOutcome {
  init(_ verdict: Verdict) {
    self =
      switch verdict {
      case .success: .success
      case .fallback: .fallback
      case .bodyFailed, .injected, .fallbackFailed: .failure
      case .rejected: .rejected
      case .timedOut: .timeout
      case .cancelled: .cancelled
      }
  }
}
