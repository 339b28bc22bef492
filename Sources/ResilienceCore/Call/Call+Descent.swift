extension Call {
  /// Enters the layers from `first` inwards, and starts the body behind the last.
  mutating func descend(from first: Int, at now: Instant) -> Next {
    bodyRan = false
    var index = first
    while index < innermost {
      if let next = enter(layer: index, at: now) { return next }
      index += 1
    }
    return startBody(at: now)
  }

  /// Enters one layer; `nil` when the call may go on inwards at once.
  private mutating func enter(layer: Int, at now: Instant) -> Next? {
    switch plan.layers[layer].mechanism {
    case .fallback:
      states[layer] = LayerState()
      return nil
    case .retry:
      states[layer] = LayerState(first: 1)
      return nil
    case .deadline(let limit), .timeout(let limit):
      states[layer] = LayerState(first: now.advanced(by: limit.after).nanoseconds)
      return nil
    case .rateLimit(let scoped): return enter(scoped, layer: layer, at: now)
    case .bulkhead(let scoped): return enter(scoped, layer: layer, at: now)
    case .breaker(.shared(let breaker)): return enter(breaker, layer: layer, at: now)
    case .breaker(.keyed(let keyed)): return enter(keyed, layer: layer, at: now)
    case .chaos(let chaos): return enter(chaos, layer: layer, at: now)
    case .hedge: return nil
    }
  }

  private mutating func enter(_ keyed: Keyed<CircuitBreaker>, layer: Int, at now: Instant) -> Next? {
    let key = labels[keyed.label]
    if key == nil { reportMissing(keyed.label, layer: layer, at: now) }
    let breaker = keyed.instance(for: key)
    let next = enter(breaker, layer: layer, at: now)
    if isHeld(layer) { keyedBreakers[layer] = breaker }
    return next
  }

  private mutating func enter(_ breaker: CircuitBreaker, layer: Int, at now: Instant) -> Next? {
    switch breaker.admit(at: now) {
    case .admit(let permit, let changes):
      let words = permit.stored()
      states[layer] = LayerState(first: words.0, second: words.1, third: now.nanoseconds)
      hold(layer)
      emit(changes, of: breaker, layer: layer)
      return nil
    case .pass(let rejection, let changes):
      emit(changes, of: breaker, layer: layer)
      if let rejection {
        emit(.shadow(.rejected(rejection)), layer: layer, name: breaker.name, at: now)
      }
      return nil
    case .reject(let rejection, let changes):
      emit(changes, of: breaker, layer: layer)
      return reject(
        layer: layer, by: breaker.name, RejectionReason(rejection.reason), retryAfter: rejection.retryAfter, at: now)
    }
  }

  private mutating func enter(_ scoped: Scoped<RateLimiter>, layer: Int, at now: Instant) -> Next? {
    let (limiter, isMissing) = scoped.instance(for: labels)
    if isMissing, case .keyed(let keyed) = scoped { reportMissing(keyed.label, layer: layer, at: now) }
    switch limiter.acquire(at: now, waitingAtMostUntil: limit(outside: layer)) {
    case .admitted: return nil
    case .wait(let instant):
      let waiter = Waiter(for: .slot(limiter: limiter.name, operation: plan.operation))
      limiter.enlist(waiter)
      pending = .rateLimit(layer: layer, limiter, waiter)
      return .queue(waiter, until: instant)
    case .limited(let retryAfter):
      return reject(
        layer: layer, .rateLimited, retryAfter: retryAfter, told: limiter.event(nextSlot: retryAfter), at: now)
    }
  }

  private mutating func enter(_ scoped: Scoped<Bulkhead>, layer: Int, at now: Instant) -> Next? {
    let (bulkhead, isMissing) = scoped.instance(for: labels)
    if case .keyed(let keyed) = scoped {
      keyedPlaces[layer] = bulkhead
      if isMissing { reportMissing(keyed.label, layer: layer, at: now) }
    }
    switch bulkhead.enter(at: now, waiter: { Waiter(for: .place(bulkhead: bulkhead.name, operation: plan.operation)) })
    {
    case .admitted:
      hold(layer)
      return nil
    case .queued(let waiter, let until):
      pending = .queue(layer: layer, waiter)
      return .queue(waiter, until: earliest(until, limit(outside: layer)))
    case .full(let use):
      keyedPlaces[layer] = nil
      return reject(layer: layer, .bulkheadFull, retryAfter: nil, told: use.event, at: now)
    }
  }

  /// Starts the body, unless a limit has come already: at the instant is too late to start.
  private mutating func startBody(at now: Instant) -> Next {
    if let passed = limitPassed(at: now, outside: innermost) {
      return timeOut(by: passed, at: now, ascendingFrom: innermost - 1)
    }
    if innermost < plan.layers.count { return startRace(at: now) }
    beginAttempt(at: now)
    pending = .body
    return .attempt
  }

  /// Counts a body that starts, or that is made to fail in place of starting.
  mutating func beginAttempt(at now: Instant) {
    attempt += 1
    attemptStarted = now
    bodyRan = true
    for (layers, budget) in plan.budgets where isFirstTry(under: layers) { budget.noteFirstTry(at: now) }
  }

  /// Whether none of these layers, which share a budget, made the body that starts an extra one.
  private func isFirstTry(under layers: [Int]) -> Bool {
    guard legNumber == 0 else { return false }
    for layer in layers where states[layer].first > 1 { return false }
    return true
  }

  /// Goes inwards again from a retry. Places that went to a body that was given up are taken anew first.
  mutating func tryAgain(layer: Int, at now: Instant) -> Next {
    for outer in outermost..<layer where surrendered & (1 << UInt16(outer)) != 0 {
      let bulkhead = bulkhead(of: outer)
      guard bulkhead?.tryEnter() == true else {
        return reject(
          layer: outer, .bulkheadFull, retryAfter: nil, told: bulkhead?.use.event, at: now, ascendingFrom: layer - 1)
      }
      surrendered &= ~(1 << UInt16(outer))
      hold(outer)
    }
    return descend(from: layer + 1, at: now)
  }

  /// Goes up with a rejection, which is told as `event` when that has more to say than the reason.
  mutating func reject(
    layer: Int, by name: String? = nil, _ reason: RejectionReason, retryAfter: UInt64?,
    told event: @autoclosure () -> ResilienceEvent.Kind? = nil, at now: Instant, ascendingFrom: Int? = nil
  ) -> Next {
    cause = .rejection(layer: layer, reason, retryAfter: retryAfter)
    rejecter = name
    let comeBack = retryAfter.map { Duration(nanoseconds: $0) }
    emit(event() ?? .rejected(reason: reason.rawValue, retryAfter: comeBack), layer: layer, name: name, at: now)
    return ascend(from: ascendingFrom ?? layer - 1, at: now)
  }

  private func reportMissing(_ label: String, layer: Int, at now: Instant) {
    guard plan.isFirstReport(ofMissingLabelAt: layer) else { return }
    emit(.labelMissing(label: label), layer: layer, at: now)
  }
}

extension BulkheadUse {
  /// What a call is turned away with.
  var event: ResilienceEvent.Kind { .bulkheadFull(inUse: inUse, limit: limit, queued: queued) }
}

extension RateLimiter {
  fileprivate func event(nextSlot: UInt64) -> ResilienceEvent.Kind {
    let (interval, burst) = pace
    return .rateLimited(
      interval: Duration(nanoseconds: interval), burst: burst, nextSlot: Duration(nanoseconds: nextSlot))
  }
}
