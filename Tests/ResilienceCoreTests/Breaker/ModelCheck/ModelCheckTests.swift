import Testing

@testable import ResilienceCore

/// Every state that small breakers can come to, by every order of calls, ends, silence, changes by hand and reloads.
@Suite struct ModelCheckTests {
  private static let legal: [BreakerStateName: Set<BreakerStateName>] = [
    .closed: [.open, .isolated, .forcedOpen, .disabled],
    .open: [.halfOpen, .closed, .isolated, .forcedOpen, .disabled],
    .halfOpen: [.closed, .ramping, .open, .isolated, .forcedOpen, .disabled],
    .ramping: [.closed, .open, .isolated, .forcedOpen, .disabled],
    .isolated: [.closed, .forcedOpen, .disabled],
    .forcedOpen: [.isolated, .closed, .disabled],
    .disabled: [.isolated, .closed, .forcedOpen],
  ]

  @Test("B8, B11: in every reachable state, every step is legal and nothing leaks", arguments: Model.all)
  func steps(_ model: Model) {
    var search = ModelSearch(model)
    search.run { search, from, event, state, changes in
      let before = search.visits[from].state
      guard let fault = fault(before, event, state, changes) ?? crowd(before, event, state) ?? leak(state) else {
        return true
      }
      Issue.record("\(fault), after \(search.way(to: from) + [event])")
      return false
    }
    print("model check, \(model.testDescription): \(search.visits.count) states, \(model.depth) events deep")
    #expect(search.visits.count > 1_000)
  }

  private func fault(
    _ before: ModelState, _ event: ModelState.Event, _ after: ModelState, _ changes: BreakerChanges
  ) -> String? {
    var name = before.machine.name
    for change in changes {
      guard let (from, to) = change.change.transition else { continue }
      if from != name { return "\(change) from \(name)" }
      if Self.legal[from]?.contains(to) != true { return "\(from) to \(to)" }
      if change.instant > after.now { return "\(change) in the future" }
      name = to
    }
    if name != after.machine.name { return "\(name) is told, \(after.machine.name) it is" }
    if after.machine.generation < before.machine.generation { return "an older generation" }
    if before.machine.name != after.machine.name, after.machine.generation == before.machine.generation {
      return "a transition without a new generation"
    }
    if case .end(let index, _) = event, isOld(before.running[index], before), after.machine.name != before.machine.name,
      changes.allSatisfy({ $0.instant == after.now })
    {
      return "a late result changed the state"
    }
    return nil
  }

  private func isOld(_ call: ModelState.Call, _ state: ModelState) -> Bool {
    BreakerPermit(stored: (call.word, call.detail)).generation < state.machine.generation
  }

  /// Whether a probe was let in beyond the number: a reload can lower that below what runs already.
  private func crowd(_ before: ModelState, _ event: ModelState.Event, _ after: ModelState) -> String? {
    guard case .halfOpen(let places, let served) = after.machine.state else { return nil }
    let numbers = after.machine.numbers
    let lease = numbers.lease(served: served.lasts)
    let current = after.running.count {
      $0.isProbe && !isOld($0, after) && $0.started.advanced(by: lease) > after.now
    }
    if current > places.count { return "\(current) probes run in \(places.count) places" }
    guard case .admit = event, after.running.count > before.running.count else { return nil }
    return places.count > numbers.probes ? "\(places.count) probes, at most \(numbers.probes)" : nil
  }

  /// Whether something is held by nobody once every call has given back what it has.
  private func leak(_ state: ModelState) -> String? {
    var state = state
    for call in state.running { _ = state.end(call, .cancelled, chance: .smallest) }
    let left = state.machine.snapshot(at: state.now).probes
    if left != 0 { return "\(left) places are held by nobody" }
    return state.machine.nextMark == nil ? nil : "a call that has ended can become slow"
  }

  @Test(
    "B16: from every reachable state, if calls keep coming and succeed, the breaker is closed within its bound",
    arguments: Model.all)
  func recovers(_ model: Model) {
    var search = ModelSearch(model)
    search.run { _, _, _, _, _ in true }
    var longest: UInt64 = 0
    for index in search.visits.indices {
      for isDrawn in [true, false] {
        let recovery = recovery(of: search.visits[index].state, isDrawn: isDrawn)
        guard recovery.took <= recovery.bound else {
          Issue.record("closed after \(recovery.took), bound \(recovery.bound), after \(search.way(to: index))")
          return
        }
        longest = max(longest, recovery.took)
      }
    }
    print("model check, \(model.testDescription): all of \(search.visits.count) states recover, in \(longest) at most")
  }

  /// When the breaker was closed for the last time, and when it had to be, from the present of the state.
  private func recovery(of start: ModelState, isDrawn: Bool) -> (took: UInt64, bound: UInt64) {
    var state = start
    let chance = isDrawn ? Chance.smallest : .largest
    // What only people bring it out of, they do; in shadow and disabled nobody is turned away.
    if state.machine.name == .isolated { _ = state.machine.close(at: state.now, chance: chance) }
    guard state.machine.numbers.settings.mode != .forcedOpen, state.machine.name != .disabled else { return (0, 0) }
    let bound = RecoveryBound(numbers: state.machine.numbers, pace: 1).bound(state.machine.state)
    var took: UInt64 = 0
    for step in 0...(bound * 2 + 4) {
      let running = state.running.count
      _ = state.admit(chance: chance)
      if state.running.count > running {
        let call = state.running.removeLast()
        _ = state.end(call, .success, chance: chance)
      }
      if state.machine.name != .closed { took = step + 1 }
      state.now = state.now.advanced(by: 1)
    }
    return (took, bound)
  }
}
