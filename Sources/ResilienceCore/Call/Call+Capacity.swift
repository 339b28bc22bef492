extension Call {
  /// Tells an adaptive bulkhead what the attempt that just ended says of the callee.
  ///
  /// Measured is the last attempt, from the start of its body: queues, waits and earlier attempts are not the callee's doing.
  mutating func measure(_ bulkhead: Bulkhead, layer: Int, at now: Instant) {
    guard bodyRan, let end = sampleEnd else { return }
    note(end, bulkhead, layer: layer, at: now)
  }

  /// Tells every adaptive bulkhead around a body that it was given up at its limit.
  mutating func noteAbandonedBody(at now: Instant) {
    for index in plan.layers.indices where isHeld(index) {
      guard let bulkhead = bulkhead(of: index), bulkhead.isAdaptive else { continue }
      note(.dropped, bulkhead, layer: index, at: now)
    }
  }

  /// Tells adaptive bulkheads of a race whose legs run on after it: their places go with the legs, and this is what the call was.
  func noteRace(_ result: HedgeMachine.Result, at now: Instant) {
    let end: LimitSample.End
    switch result {
    case .won: end = .answered
    case .timedOut: end = .dropped
    case .failed, .cancelled: return
    }
    for index in plan.layers.indices where isHeld(index) {
      guard let bulkhead = bulkhead(of: index), bulkhead.isAdaptive else { continue }
      note(end, bulkhead, layer: index, at: now)
    }
  }

  private func note(_ end: LimitSample.End, _ bulkhead: Bulkhead, layer: Int, at now: Instant) {
    // A call whose start nobody measured began before the limit was adaptive.
    guard let started = attemptStarted, let moved = bulkhead.note(end, started: started, ended: now) else { return }
    emit(.bulkheadLimit(from: moved.from, to: moved.to), layer: layer, name: bulkhead.name, at: now)
  }

  /// What the end says of the callee's capacity. A failure that is neither late nor about load says nothing, and neither does
  /// a cancelled call or one that a layer inside decided. A callee that says that it has too much to do is heard also where
  /// breakers ignore it.
  private var sampleEnd: LimitSample.End? {
    switch cause {
    case .success: .answered
    case .timeout: .dropped
    case .body(let failure), .injected(_, let failure):
      failure.isOverload || !failure.isIgnored && failure.classes.contains(.timeout) ? .dropped : nil
    case .fallbackServed, .fallbackFailed, .rejection, .cancelled: nil
    }
  }
}
