extension Call {
  /// Goes on after ``Next/attempt``.
  ///
  /// - Parameters:
  ///   - end: How the body ended.
  ///   - cancelledByLimit: Whether a limit of this call cancelled the body before it ended.
  ///   - now: When it ended.
  package mutating func attemptEnded(_ end: AttemptEnd, cancelledByLimit: Bool = false, at now: Instant) -> Next {
    pending = .nothing
    let cancelledByLimit = cancelledByLimit || inheritedLimitCancelled(at: now)
    var succeeded = false
    if case .success = end { succeeded = true }
    if case .cancelled = end, !cancelledByLimit {
      cause = .cancelled
      return ascend(from: innermost - 1, at: now)
    }
    if let missed = limitMissed(at: now, succeeded: succeeded, cancelledByLimit: cancelledByLimit) {
      note(.timeout, at: now)
      return timeOut(by: missed, at: now, ascendingFrom: innermost - 1)
    }
    switch end {
    case .success:
      if !history.isEmpty { note([], at: now) }
      cause = .success
    case .cancelled: cause = .cancelled
    case .failure(let classification):
      note(classification.classes, at: now)
      cause = .body(classification)
    }
    return ascend(from: innermost - 1, at: now)
  }

  /// Goes on after the shell gave up waiting for a body, because its limit came or the caller was cancelled.
  ///
  /// The places of every bulkhead stay taken by the body: whoever owns the body now leaves them when it ends.
  package mutating func bodyAbandoned(cancelled: Bool, at now: Instant) -> (next: Next, places: [Bulkhead]) {
    pending = .nothing
    leavesBodies = true
    if !cancelled { noteAbandonedBody(at: now) }
    let places = surrenderPlaces()
    guard !cancelled else {
      cause = .cancelled
      return (ascend(from: innermost - 1, at: now), places)
    }
    note(.timeout, at: now)
    let passed = limitPassed(at: now, outside: innermost) ?? PassedLimit(layer: nil, instant: now)
    return (timeOut(by: passed, at: now, ascendingFrom: innermost - 1), places)
  }

  mutating func surrenderPlaces() -> [Bulkhead] {
    var places: [Bulkhead] = []
    for index in plan.layers.indices where isHeld(index) {
      guard let bulkhead = bulkhead(of: index) else { continue }
      places.append(bulkhead)
      letGo(index)
      surrendered |= 1 << UInt16(index)
    }
    return places
  }

  /// Whether the limit of the call around this one has come and cancelled the body, without this call's doing.
  ///
  /// A leg is cancelled by its race alone, which says why.
  func inheritedLimitCancelled(at now: Instant) -> Bool {
    guard !isLeg, let inherited, inherited.cancels else { return false }
    return inherited.instant <= now
  }

  /// Leaves the layers from `first` outwards; a retry or fallback on the way may turn the call round.
  mutating func ascend(from first: Int, at now: Instant) -> Next {
    var index = first
    while index >= outermost {
      switch plan.layers[index].mechanism {
      case .rateLimit, .deadline, .timeout, .hedge, .chaos: break
      case .bulkhead: leaveBulkhead(layer: index, at: now)
      case .breaker(.shared(let breaker)): leave(breaker, layer: index, at: now)
      case .breaker(.keyed): leaveKeyedBreaker(layer: index, at: now)
      case .retry:
        // Bound there and not here: a success need not copy the policy.
        if let failure, let next = retry(failure, layer: index, at: now) { return next }
      case .fallback(let steps):
        if let next = nextFallback(of: steps, layer: index) { return next }
      }
      index -= 1
    }
    return finish()
  }

  private mutating func leaveBulkhead(layer: Int, at now: Instant) {
    guard isHeld(layer) else { return }
    letGo(layer)
    if let bulkhead = bulkhead(of: layer) {
      if bulkhead.isAdaptive { measure(bulkhead, layer: layer, at: now) }
      bulkhead.leave()
    }
    keyedPlaces[layer] = nil
  }

  private mutating func leaveKeyedBreaker(layer: Int, at now: Instant) {
    guard let breaker = keyedBreakers[layer] else { return }
    leave(breaker, layer: layer, at: now)
    keyedBreakers[layer] = nil
  }

  private mutating func leave(_ breaker: CircuitBreaker, layer: Int, at now: Instant) {
    guard isHeld(layer) else { return }
    letGo(layer)
    let state = states[layer]
    let changes = breaker.record(
      BreakerPermit(stored: (state.first, state.second)), outcome, started: Instant(nanoseconds: state.third),
      ended: now)
    emit(changes, of: breaker, layer: layer)
  }

  /// What the layers further out see.
  // Inline, as a call from a method that changes the call would copy all of it first.
  @inline(__always)
  private var outcome: Outcome { cause.outcome(bodyRan: bodyRan) }

  /// The failure that the call stands with; `nil` for a success and for a cancelled call.
  var failure: Classification? {
    switch cause {
    case .success, .fallbackServed, .cancelled: nil
    case .body(let classification), .injected(_, let classification): classification
    case .rejection: .rejected
    case .timeout: .timeout
    case .fallbackFailed(_, let original): original
    }
  }

  func finish() -> Next {
    switch cause {
    case .success: .finished(.success)
    case .fallbackServed: .finished(.fallback)
    case .body: .finished(.bodyFailed)
    case .injected(let layer, _): .finished(.injected(layer: layer))
    case .rejection(let layer, let reason, let retryAfter):
      .finished(.rejected(layer: layer, reason, retryAfter: retryAfter))
    case .timeout(let layer): .finished(.timedOut(layer: layer))
    case .fallbackFailed(let layer, _): .finished(.fallbackFailed(layer: layer))
    case .cancelled: .finished(.cancelled)
    }
  }

  /// Adds the attempt that just ended to the history.
  mutating func note(_ classes: FailureClasses, at now: Instant) {
    history.append(
      AttemptRecord(
        number: attempt, started: attemptStarted, duration: attemptStarted?.duration(to: now),
        classes: plan.classifier.names(of: classes)))
  }
}

extension Call.Cause {
  fileprivate func outcome(bodyRan: Bool) -> Outcome {
    switch self {
    case .success, .fallbackServed: .success
    case .body(let classification), .injected(_, let classification): classification.outcome
    case .rejection: .ignored(.rejected)
    case .timeout: bodyRan ? .failure(.timeout) : .ignored(.timeout)
    case .fallbackFailed(_, let original): original.outcome
    case .cancelled: .cancelled
    }
  }
}
