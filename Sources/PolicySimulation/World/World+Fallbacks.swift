internal import ResilienceCore

/// How links of fallback chains serve without code: a value of the file and the last good value as in a service; a handler
/// always has a value, at once. An operation stands in under its own policy, with a callee that answers at once.
extension World {
  /// How a link ended; `nil` when an operation stands in and has not ended.
  mutating func serve(_ slot: UInt32, layer: Int, step: Int) -> FallbackEnd? {
    let plan = pool[slot].call.plan
    guard case .fallback(let steps) = plan.layers[layer].mechanism, steps.indices.contains(step) else {
      return .unavailable
    }
    switch steps[step].source {
    case .value, .handler: return .served(age: nil)
    case .lastGood(let store, let key):
      guard let kept = store.value(key: self.key(key, of: slot), at: instant) else { return .unavailable }
      return .served(age: kept.age)
    case .operation: return standIn(for: slot, layer: layer, step: step)
    }
  }

  private mutating func standIn(for slot: UInt32, layer: Int, step: Int) -> FallbackEnd? {
    let graph = pool[slot].graph
    let running = pool[slot].call.plan.operation
    guard let name = graphs[graph].standIn(for: running, layer: layer, step: step), !isRunning(name, around: slot),
      let plan = graphs[graph].plan(ofStandIn: name)
    else { return .failed }
    let inner = pool.insert(
      CallRecord(
        Call(plan, labels: labels(of: slot), hedging: true), number: pool[slot].number, began: now, graph: graph,
        standsInFor: slot, isQuiet: true))
    _ = pool.newEpoch(slot)
    pool[slot].stage = .standIn
    pool[slot].standIn = inner
    proceed(inner, pool[inner].call.enter(at: instant))
    return nil
  }

  /// Whether an operation runs already in the chain of calls that stand in for each other: a circle ends where it began.
  private func isRunning(_ name: String, around slot: UInt32) -> Bool {
    var outer: UInt32? = slot
    while let call = outer {
      if pool[call].call.plan.operation == name { return true }
      outer = pool[call].standsInFor ?? pool[call].race?.slot
    }
    return false
  }

  mutating func standInEnded(_ slot: UInt32, _ outcome: CallOutcome) {
    pool[slot].standIn = nil
    pool[slot].stage = .deciding
    let end: FallbackEnd =
      switch outcome {
      case .success, .fallback: .served(age: nil)
      case .cancelled: .cancelled
      case .failure, .timeout, .rejected: .failed
      }
    proceed(slot, pool[slot].call.fallbackEnded(end, at: instant))
  }

  /// Keeps a success for the fallbacks that serve it later.
  mutating func keepGood(_ slot: UInt32) {
    for keeper in pool[slot].call.plan.keepers {
      keeper.store.store((), key: key(keeper.key, of: slot), at: instant)
    }
  }

  private func key(_ key: LastGoodSettings.Key, of slot: UInt32) -> String? {
    switch key {
    case .none: nil
    case .label(let label): labels(of: slot)[label]
    }
  }

  private func labels(of slot: UInt32) -> [String: String] { load.labels(ofCall: pool[slot].number) }
}
