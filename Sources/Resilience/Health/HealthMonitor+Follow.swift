internal import ResilienceCore
internal import Synchronization

extension HealthMonitor {
  /// Watches these checks and no others. One that it watches already keeps its counters, and is asked next at the earlier of
  /// the old time and the new one.
  ///
  /// - Parameter generation: Which load of a file they come from; an older one than the latest changes nothing.
  func follow(_ definitions: [CheckDefinition], generation: UInt64 = 0) {
    let now = time.now
    let (notices, removed, bells) = state.withLock { state -> ([HealthNotice], [MonitoredCheck], [Bell]) in
      guard generation >= state.generation else { return ([], [], []) }
      state.generation = generation
      var gone = state.checks
      var notices: [HealthNotice] = []
      for definition in definitions {
        let name = definition.probe.name
        gone[name] = nil
        if state.checks[name] == nil {
          state.checks[name] = MonitoredCheck(definition, at: now)
        } else {
          state.checks[name]?.update(definition)
        }
        notices += state.moveGates(of: name, at: now)
      }
      for name in gone.keys.sorted() {
        state.checks[name]?.gates = []
        notices += state.moveGates(of: name, at: now)
        state.checks[name] = nil
      }
      notices += state.noteChange()
      let bells = state.checks.values.map(\.live.bell) + Array(state.listeners.values)
      return (notices, Array(gone.values), bells)
    }
    for check in removed {
      check.live.removal.ring()
      for verifier in check.verifiers { _ = verifier.waiter.giveUp() }
    }
    for bell in bells { bell.ring() }
    additions.ring()
    tell(notices)
  }

  /// Asks a check now, with a probe that begins after this call, and waits for its answer.
  ///
  /// - Returns: The answer; `nil` when there is no such check, or the task was cancelled.
  func verify(_ name: String) async -> HealthReport? {
    let waiter = Waiter()
    let bell = state.withLock { state -> Bell? in
      guard var check = state.checks[name] else { return nil }
      check.verifiers.append((check.machine.want(at: time.now), waiter))
      state.checks[name] = check
      return check.live.bell
    }
    guard let bell else { return nil }
    bell.ring()
    guard await waiter.wait(until: nil, on: time) == .granted else {
      state.withLock { $0.checks[name]?.verifiers.removeAll { $0.waiter === waiter } }
      return nil
    }
    return state.withLock { $0.checks[name]?.machine.answer?.report }
  }
}
