extension Call {
  /// Asks a retry layer whether the call goes down again; `nil` when it goes on outwards.
  mutating func retry(_ failure: Classification, layer: Int, at now: Instant) -> Next? {
    guard case .retry(let policy, let budget) = plan.layers[layer].mechanism else { return nil }
    if case .rejection = cause { return nil }
    if case .timeout(let owner) = cause, (owner ?? -1) < layer {
      return stop(.deadline(remaining: .zero), layer: layer, at: now)
    }
    let state = states[layer]
    let situation = RetrySituation(
      classes: failure.classes, attempt: Int(clamping: state.first), previousDelay: state.second,
      hint: failure.retryAfter, now: now, deadline: limit(outside: layer), idempotency: plan.idempotency,
      safeToRepeat: failure.isSafeToRepeat)
    switch policy.decide(situation, budget: budget, chance: plan.chance) {
    case .stop(let reason):
      return stop(policy.explain(reason, situation, budget: budget), layer: layer, at: now)
    case .retry(let delay):
      states[layer] = LayerState(first: state.first + 1, second: delay)
      return schedule(after: delay, of: policy, failure.classes, layer: layer, at: now)
    }
  }

  private mutating func schedule(
    after delay: UInt64, of policy: RetryPolicy, _ classes: FailureClasses, layer: Int, at now: Instant
  ) -> Next {
    let wait = Duration(nanoseconds: delay)
    if bodyRan, !history.isEmpty { history[history.count - 1].delay = wait }
    emit(
      .retryScheduled(
        attempt: attempt + 1, maximumAttempts: policy.attempts, delay: wait,
        classes: plan.classifier.names(of: classes)),
      layer: layer, at: now)
    pending = .backoff(layer: layer)
    return .wait(until: now.advanced(by: delay))
  }

  private mutating func stop(_ reason: RetryStopReason, layer: Int, at now: Instant) -> Next? {
    if bodyRan, !history.isEmpty { history[history.count - 1].stop = reason.word }
    emit(
      .retryStopped(
        attempt: attempt, reason: reason, classes: failure.map { plan.classifier.names(of: $0.classes) } ?? []),
      layer: layer, at: now)
    return nil
  }
}

extension RetryPolicy {
  /// A reason to stop, with the numbers that made it one.
  fileprivate func explain(
    _ reason: RetryStop, _ situation: RetrySituation, budget: RetryBudget?
  ) -> RetryStopReason {
    switch reason {
    case .class: .class
    case .attempts: .attempts(maximum: attempts)
    case .retryAfter:
      .retryAfter(asked: Duration(nanoseconds: situation.hint ?? 0), obeyed: Duration(nanoseconds: hintLimit ?? 0))
    case .deadline: .deadline(remaining: situation.now.duration(to: situation.deadline ?? situation.now))
    case .budget: .budget(budget?.name ?? "")
    }
  }
}
