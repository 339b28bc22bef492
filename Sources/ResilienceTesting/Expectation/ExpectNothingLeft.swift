public import Resilience
public import ResilienceCore

/// Checks that calls have left nothing behind: no place in a bulkhead, no probe of a breaker, no timer, no task that waits, and
/// no body that runs although its caller has gone.
///
/// Tasks that are ready run first; time stands still.
///
/// - Parameters:
///   - engine: Whose calls.
///   - time: The time of the run.
///   - recorder: If it is handed in, every change of a breaker's state that it recorded must have been expected, too, by one of
///     its `expect` methods.
/// - Throws: ``UnmetExpectation`` that says what is left, and whose it is.
public func expectNothingLeft(
  in engine: ResilienceEngine, on time: VirtualTime, unasserted recorder: EventRecorder? = nil
) async throws {
  await settle(time)
  let left =
    engine.bulkheads.compactMap(\.leftover) + engine.breakers.compactMap { $0.leftover(at: time.now) }
    + bodies(engine.abandonedBodyCount) + time.leftovers
    + (recorder?.leftovers ?? [])
  guard !left.isEmpty else { return }
  throw UnmetExpectation((["something is left behind:"] + left.map { "  " + $0 }).joined(separator: "\n"))
}

/// Lets every task run that can run now.
private func settle(_ time: VirtualTime) async {
  guard let executor = time.executor as? DeterministicExecutor else { return }
  // A task that does nothing but yield would keep the others from coming to an end.
  var turns = 10_000
  while executor.hasReadyJobs, turns > 0 {
    await Task.yield()
    turns -= 1
  }
}

private func bodies(_ count: Int) -> [String] {
  switch count {
  case 0: []
  case 1: ["1 body that may outlive its call still runs"]
  default: ["\(count) bodies that may outlive their calls still run"]
  }
}

extension Bulkhead {
  fileprivate var leftover: String? {
    let use = use
    guard use.inUse > 0 || use.queued > 0 else { return nil }
    return "bulkhead `\(name)`: \(use.inUse) of \(use.limit) places taken, \(use.queued) waiting"
  }
}

extension CircuitBreaker {
  fileprivate func leftover(at now: Instant) -> String? {
    let probes = state(at: now).probes
    return probes == 0 ? nil : "breaker `\(name)`: \(probes) probes have not ended"
  }
}

extension VirtualTime {
  fileprivate var leftovers: [String] {
    let waits = waits
    let sleepers = waits.count { $0.until != nil }
    let others = armedCount - sleepers
    return waits.map(\.description)
      + (others > 0 ? ["\(others) timers are armed that nobody waits for, the limits of bodies that still run"] : [])
  }
}

extension EventRecorder {
  fileprivate var leftovers: [String] {
    let lost = droppedCount
    return unasserted.filter(\.kind.name.isBreakerTransition).map { "no test expected this: \($0)" }
      + (lost > 0 ? ["the recorder could not keep \(lost) events, and a transition may be among them"] : [])
  }
}
