internal import ResilienceCore

/// What is written down of a run: its summary, its course, and every event for those who want them.
package struct Recording {
  package private(set) var summary = Summary()
  package private(set) var timeline = Timeline()
  private var took = DurationTally()
  private let watch: ((SimulationEvent) -> Void)?

  /// - Parameter watch: Is given every event, in order.
  package init(watch: ((SimulationEvent) -> Void)? = nil) { self.watch = watch }

  var isWatched: Bool { watch != nil }

  func note(
    _ kind: @autoclosure () -> SimulationEvent.Kind, at now: UInt64, call: Int? = nil, attempt: Int? = nil,
    layer: String? = nil, name: String? = nil
  ) {
    guard let watch else { return }
    watch(SimulationEvent(kind(), at: now, call: call, attempt: attempt, layer: layer, name: name))
  }

  mutating func callStarted(_ number: Int, at now: UInt64) {
    summary.calls += 1
    note(.callStarted, at: now, call: number)
  }

  mutating func attemptStarted(_ attempt: Int, ofCall number: Int, at now: UInt64) {
    summary.attempts += 1
    note(.attemptStarted, at: now, call: number, attempt: attempt)
  }

  mutating func callEnded(_ number: Int, _ outcome: CallOutcome, attempts: Int, began: UInt64, at now: UInt64) {
    summary.count(outcome)
    took.add(now - began)
    timeline.count(outcome, at: now)
    note(.callEnded(outcome, attempts: attempts, took: now - began), at: now, call: number)
  }

  /// Notes the state of a breaker that was not met before.
  mutating func watchBreaker(_ name: String, _ state: String, at now: UInt64) {
    guard !summary.breakers.contains(where: { $0.name == name }) else { return }
    summary.breakers.append(BreakerHistory(name, state: state, at: now))
  }

  mutating func breaker(_ name: String, _ change: BreakerChange, at now: UInt64, call: Int?) {
    guard let (from, to) = change.transition.map({ ($0.from.rawValue, $0.to.rawValue) }) else {
      if change == .late { note(.breakerLate, at: now, call: call, layer: "breaker", name: name) }
      return
    }
    note(.breakerState(from: from, to: to), at: now, call: call, layer: "breaker", name: name)
    watchBreaker(name, from, at: 0)
    guard let index = summary.breakers.firstIndex(where: { $0.name == name }) else { return }
    summary.breakers[index].change(to: to, at: now)
  }

  /// Ends the recording of a run.
  mutating func finish(unfinished: Int, at now: UInt64) {
    summary.unfinished = unfinished
    summary.end = now
    summary.percentiles = took.quantiles([500, 950, 990, 1_000])
    for index in summary.breakers.indices { summary.breakers[index].end(at: now) }
  }
}
