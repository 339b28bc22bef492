internal import ResilienceCore
internal import Synchronization

extension HealthMonitor {
  /// Asks the checks until the task is cancelled.
  ///
  /// Everything it starts ends before it returns; a check that does not heed its cancellation is waited for. Breakers that
  /// checks held are released. While it runs already, a second call waits for its own cancellation and does nothing.
  public func run() async {
    if claim() {
      await askAll()
      giveUp()
    } else {
      _ = await Waiter().wait(until: nil, on: time)
    }
  }

  /// From here on breakers may depend on what the checks find out.
  private func claim() -> Bool {
    let notices = state.withLock { state -> [HealthNotice]? in
      guard !state.isRunning else { return nil }
      state.isRunning = true
      return state.moveAllGates(at: time.now)
    }
    tell(notices ?? [])
    return notices != nil
  }

  private func askAll() async {
    await withDiscardingTaskGroup { group in
      repeat {
        for check in takeUnfollowed() {
          group.addTask { await self.follow(check) }
        }
      } while await additions.wait(on: time) != .cancelled
    }
  }

  /// Nobody finds out any more whether a check is well, so no breaker may depend on it.
  private func giveUp() {
    let notices = state.withLock { state in
      state.isRunning = false
      for name in state.checks.keys { state.checks[name]?.isFollowed = false }
      return state.moveAllGates(at: time.now)
    }
    tell(notices)
  }

  private func takeUnfollowed() -> [LiveCheck] {
    state.withLock { state in
      let names = state.checks.keys.sorted().filter { state.checks[$0]?.isFollowed == false }
      return names.compactMap { name in
        state.checks[name]?.isFollowed = true
        return state.checks[name]?.live
      }
    }
  }

  /// Looks after one check until it is removed.
  private func follow(_ check: LiveCheck) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.askAgainAndAgain(check) }
      group.addTask { [time] in _ = await check.removal.wait(on: time) }
      await group.next()
      group.cancelAll()
    }
  }

  private func askAgainAndAgain(_ check: LiveCheck) async {
    while !Task.isCancelled, let wake = wake(of: check) {
      if let (probe, run) = begin(check) {
        await ask(probe, run, check)
      } else {
        _ = await check.bell.wait(until: wake, on: time)
      }
    }
  }

  /// Runs one probe to its end. What hangs is cancelled at its timeout, and counts again and again until it ends.
  private func ask(_ probe: any HealthCheck, _ run: HealthCheckMachine.Probe, _ check: LiveCheck) async {
    let done = Bell()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        let report = await Self.report(of: probe)
        // Whoever called it off does not want to know, and its timeout has counted already.
        self.end(run, of: check, with: Task.isCancelled ? nil : report)
        done.ring()
      }
      while let overdueAt = withCheck(check, { $0.machine.overdueAt }) {
        switch await done.wait(until: overdueAt, on: time) {
        case .granted: return
        case .cancelled:
          group.cancelAll()
          return
        case .expired:
          countOverdue(run, of: check)
          if isOverdue(check) { group.cancelAll() }
        }
      }
      // The check is gone from the monitor, and its task will be cancelled.
    }
  }

  private static func report(of probe: any HealthCheck) async -> HealthReport {
    do { return try await probe.check() } catch { return .unhealthy("\(error)") }
  }

  private func wake(of check: LiveCheck) -> Instant? { withCheck(check) { $0.machine.wake } }

  private func begin(_ check: LiveCheck) -> (any HealthCheck, HealthCheckMachine.Probe)? {
    let begun = withCheck(check) { known in
      known.machine.begin(at: time.now, chance: chance).map { (known.probe, $0) }
    }
    return begun ?? nil
  }

  private func isOverdue(_ check: LiveCheck) -> Bool {
    withCheck(check) { known in
      if case .running(let probe) = known.machine.phase { probe.isCounted } else { false }
    } ?? false
  }

  private func end(_ run: HealthCheckMachine.Probe, of check: LiveCheck, with report: HealthReport?) {
    change(check, verifying: run.number) { $0.machine.end(report, at: time.now) }
  }

  private func countOverdue(_ run: HealthCheckMachine.Probe, of check: LiveCheck) {
    change(check, verifying: run.number) { $0.machine.countOverdue(at: time.now) }
  }

  /// What is known of a check; `nil` when it is no longer one of the monitor's.
  private func withCheck<Value: Sendable>(
    _ check: LiveCheck, _ body: (inout MonitoredCheck) -> Value
  ) -> Value? {
    state.withLock { state in
      guard state.checks[check.name]?.live === check, var known = state.checks[check.name] else { return nil }
      let value = body(&known)
      state.checks[check.name] = known
      return value
    }
  }

  /// Notes an answer, and everything that follows from it.
  private func change(
    _ check: LiveCheck, verifying probe: UInt64, _ body: (inout MonitoredCheck) -> HealthTransition?
  ) {
    let (notices, bells, waiters) = state.withLock { state -> ([HealthNotice], [Bell], [Waiter]) in
      guard state.checks[check.name]?.live === check, var known = state.checks[check.name] else { return ([], [], []) }
      let transition = body(&known)
      let waiters = known.takeVerifiers(of: probe)
      state.checks[check.name] = known
      guard let transition else { return ([], [], waiters) }
      var notices = [HealthNotice.changed(check: check.name, location: known.location, transition)]
      notices += state.moveGates(of: check.name, at: time.now)
      notices += state.noteChange()
      return (notices, Array(state.listeners.values), waiters)
    }
    tell(notices)
    for waiter in waiters { _ = waiter.grant() }
    for bell in bells { bell.ring() }
  }
}

extension HealthMonitor.State {
  mutating func moveGates(of name: String, at now: Instant) -> [HealthNotice] {
    guard var check = checks[name] else { return [] }
    let changes = check.moveGates(at: now, isRunning: isRunning)
    checks[name] = check
    return changes.map { .gate($0, check: name, location: check.location) }
  }

  mutating func moveAllGates(at now: Instant) -> [HealthNotice] {
    checks.keys.sorted().flatMap { moveGates(of: $0, at: now) }
  }

  /// Counts a change and judges the whole anew.
  mutating func noteChange() -> [HealthNotice] {
    version += 1
    let old = overall
    overall = HealthStatus(of: checks.values.map { ($0.machine.status, $0.machine.settings.critical) })
    return overall == old ? [] : [.overall(from: old, to: overall)]
  }
}
