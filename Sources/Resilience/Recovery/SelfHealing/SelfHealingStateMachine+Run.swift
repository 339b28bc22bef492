internal import ResilienceCore
internal import Synchronization

extension SelfHealingStateMachine {
  /// Initialises, and processes events until the task is cancelled. Then the machine is in its safe state, and can run again.
  ///
  /// - Throws: ``SelfHealingError/Code/exhausted`` when no attempt has helped and there is no further round;
  ///   ``SelfHealingError/Code/runsAlready``.
  public func run() async throws(SelfHealingError) {
    try claim()
    defer { give() }
    var healing = HealingMachine(settings.retry, pause: settings.pause)
    healing.begin()
    while !Task.isCancelled, healing.phase != .over {
      if let attempt = healing.attempt(at: time.now) {
        await initialize(attempt, &healing)
      } else if hasBecomeUnhealthy() {
        tell(.unhealthy)
        healing.begin()
        dropState()
      } else if healing.phase == .well, let event = takeEvent() {
        if process(event) == .violation {
          healing.begin()
          dropState()
        }
      } else {
        _ = await bell.wait(until: healing.wake, on: time)
      }
    }
    if healing.phase == .over { throw SelfHealingError(code: .exhausted, name: name) }
  }

  private func claim() throws(SelfHealingError) {
    let isFree = memory.withLock { memory in
      defer { memory.isRunning = true }
      return !memory.isRunning
    }
    guard isFree else { throw SelfHealingError(code: .runsAlready, name: name) }
  }

  private func give() {
    dropState()
    memory.withLock { $0.isRunning = false }
  }

  /// Goes to the safe state.
  private func dropState() {
    memory.withLock { memory in
      memory.state = safeState
      memory.isWell = false
    }
  }

  /// Makes one attempt.
  private func initialize(_ attempt: Int, _ healing: inout HealingMachine) async {
    tell(.initializing(attempt: attempt))
    do {
      let state = try await initialize()
      guard !Task.isCancelled else { return }
      guard invariant(state) else { throw SelfHealingError(code: .invariantViolated, name: name) }
      memory.withLock { memory in
        memory.state = state
        memory.isWell = true
      }
      healing.succeeded()
      tell(.well(state))
    } catch {
      guard !Task.isCancelled else { return }
      tell(.initializationFailed(attempt: attempt, error))
      if healing.failed(at: time.now, chance: chance) == .exhausted {
        tell(.exhausted(attempts: attempt, error))
      }
    }
  }

  private enum Processing { case done, violation }

  private func process(_ event: Event) -> Processing {
    let next: State
    do {
      next = try transition(state, event)
    } catch {
      tell(.refused(event, error))
      return .done
    }
    guard invariant(next) else {
      tell(.violated(by: event, next))
      return .violation
    }
    memory.withLock { $0.state = next }
    tell(.advanced(event, next))
    return .done
  }

  private func takeEvent() -> Event? {
    memory.withLock { memory in
      guard memory.taken < memory.events.count else { return nil }
      let event = memory.events[memory.taken]
      memory.taken += 1
      // Shifting the rest for every event would make a full queue quadratic.
      if memory.taken == memory.events.count || memory.taken > 256 {
        memory.events.removeFirst(memory.taken)
        memory.taken = 0
      }
      return event
    }
  }

  /// Whether health is unhealthy and was not when it was looked at last.
  private func hasBecomeUnhealthy() -> Bool {
    guard let listener else { return false }
    let now = listener.monitor.status
    return memory.withLock { memory in
      defer { memory.health = now }
      return now == .unhealthy && memory.health != .unhealthy
    }
  }

  private func tell(_ notice: Notice) {
    for observer in observers { observer(notice) }
  }
}
