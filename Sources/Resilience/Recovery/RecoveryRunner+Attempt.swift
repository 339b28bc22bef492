internal import PolicyCompiler
internal import PolicyLanguage
internal import ResilienceCore
internal import Synchronization

/// What becomes of one recovery while it is looked after.
extension RecoveryRunner {
  func lookAfter(_ recovery: LiveRecovery) async {
    health.listen(recovery.bell)
    defer { health.forget(recovery.bell) }
    while !Task.isCancelled, let known = known(recovery) {
      switch look(recovery, known.definition.condition) {
      case .run(let attempt): await run(attempt, of: recovery, known)
      case .finish(let attempt, let ending): await finish(attempt, ending, of: recovery, known)
      case nil: _ = await recovery.bell.wait(until: wake(recovery), on: time)
      }
    }
  }

  private func look(_ recovery: LiveRecovery, _ condition: RecoveryCondition) -> RecoveryMachine.Action? {
    let holds = holds(condition)
    let action = withKnown(recovery) { $0.machine.look(holds: holds, at: time.now) }
    return action ?? nil
  }

  private func wake(_ recovery: LiveRecovery) -> Instant? {
    let wake = withKnown(recovery) { known -> Instant? in
      guard case .breaker = known.definition.condition.subject else { return known.machine.wake }
      return min(known.machine.wake ?? .distantFuture, time.now.advanced(by: Self.pulse))
    }
    return wake ?? nil
  }

  private func holds(_ condition: RecoveryCondition) -> Bool {
    switch condition.subject {
    case .breaker(let name):
      return graph.breakerStates(of: name, at: time.now).contains(where: \.state.callsForRecovery)
    case .healthCheck(let name): return health.current[name].map { condition.state.includes($0.status) } ?? false
    case .overall: return condition.state.includes(health.status)
    }
  }

  /// Makes one attempt and watches the condition meanwhile.
  private func run(_ attempt: RecoveryMachine.Attempt, of recovery: LiveRecovery, _ known: KnownRecovery) async {
    let context = recoveryContext(of: attempt, known)
    tell(
      .recoveryStarted(
        attempt: attempt.number, condition: "\(context.condition)", heldFor: context.heldFor), known)
    let result = AttemptResult()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        let failure = await self.failure(of: context, recovery, known)
        result.set(failure)
        recovery.bell.ring()
      }
      while !result.isThere {
        if await recovery.bell.wait(until: wake(recovery), on: time) == .cancelled { break }
        _ = look(recovery, known.definition.condition)
      }
    }
    guard !Task.isCancelled else { return }
    if let failure = result.failure { tell(.recoveryFailed(attempt: attempt.number, reason: failure), known) }
    let action = withKnown(recovery) { known in
      known.failure = result.failure
      return known.machine.end(succeeded: result.failure == nil, at: time.now, chance: self.context.chance)
    }
    if case .finish(let attempt, let ending)?? = action {
      await finish(attempt, ending, of: recovery, self.known(recovery) ?? known)
    }
  }

  /// Takes the steps and verifies; answers what went wrong.
  private func failure(
    of context: RecoveryContext, _ recovery: LiveRecovery, _ known: KnownRecovery
  ) async -> String? {
    for step in known.definition.steps {
      guard self.known(recovery) != nil else { return "the recovery was removed" }
      if let failure = await perform(step, context) { return failure }
    }
    guard let check = known.definition.verify else { return nil }
    guard let report = await health.verify(check) else { return "health check \(check) could not be asked" }
    guard report.status == .unhealthy else { return nil }
    return "health check \(check) is unhealthy" + (report.message.map { ": \($0)" } ?? "")
  }

  private func perform(_ step: RecoveryStep, _ context: RecoveryContext) async -> String? {
    let end = await withCancellation(at: time.now.advanced(by: step.timeout.nanoseconds), on: time) {
      try await step.action.perform(context, graph)
    }
    if end.fired { return "\(step.action.inWords) took longer than \(step.timeout)" }
    if case .failure(let error) = end.result { return "\(step.action.inWords): \(error)" }
    return nil
  }

  private func finish(
    _ attempt: RecoveryMachine.Attempt, _ ending: RecoveryMachine.Ending, of recovery: LiveRecovery,
    _ known: KnownRecovery
  ) async {
    let took = attempt.started.duration(to: time.now)
    switch ending {
    case .recovered: tell(.recoveryFinished(attempts: attempt.number, clearedByItself: false, took: took), known)
    case .cleared: tell(.recoveryFinished(attempts: attempt.number, clearedByItself: true, took: took), known)
    case .exhausted:
      tell(.recoveryExhausted(attempts: attempt.number, reason: known.failure ?? "", took: took), known)
      guard let action = known.definition.exhausted else { return }
      if let failure = await perform(action, recoveryContext(of: attempt, known)), !Task.isCancelled {
        tell(.recoveryFailed(attempt: attempt.number, reason: "exhausted: \(failure)"), known)
      }
    }
  }

  private func recoveryContext(of attempt: RecoveryMachine.Attempt, _ known: KnownRecovery) -> RecoveryContext {
    RecoveryContext(
      recovery: known.live.name, condition: known.definition.condition,
      heldFor: attempt.heldSince.duration(to: time.now), attempt: attempt.number, failure: known.failure,
      health: health.current, breakers: breakers(of: known.definition.condition))
  }

  /// The names of the breakers that are a reason for it.
  private func breakers(of condition: RecoveryCondition) -> [String] {
    guard case .breaker(let name) = condition.subject else { return [] }
    return graph.breakerStates(of: name, at: time.now).filter(\.state.callsForRecovery).map(\.name)
  }

  private var graph: PolicyGraph { state.withLock { $0.graph } }

  private func tell(_ kind: ResilienceEvent.Kind, _ known: KnownRecovery) {
    guard let observer = context.observer else { return }
    observer(
      ResilienceEvent(
        kind, operation: "", layer: .recovery, name: known.live.name, location: known.location,
        generation: state.withLock { $0.graph.generation }, at: time.now))
  }
}

extension BreakerStateName {
  /// Not while a person or a health check keeps calls away: whoever does knows why.
  fileprivate var callsForRecovery: Bool { self != .closed && self != .isolated }
}

/// How an attempt ended, once it has.
private final class AttemptResult: Sendable {
  private let state = Mutex<String??>(nil)

  var isThere: Bool { state.withLock { $0 != nil } }
  /// What went wrong; `nil` when nothing did.
  var failure: String? { state.withLock { $0 ?? nil } }

  func set(_ failure: String?) { state.withLock { $0 = .some(failure) } }
}

extension RecoveryCondition.State {
  fileprivate func includes(_ status: HealthStatus) -> Bool {
    switch self {
    case .degraded: status == .degraded || status == .unhealthy
    case .unhealthy: status == .unhealthy
    case .open: false
    }
  }
}
