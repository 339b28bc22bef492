import ResilienceCore
import Testing

/// Many threads at once. Bounded work and no clock, so that the result is the same on a slow machine; made for the thread sanitizer.
@Suite struct BreakerStressTests {
  private static let rounds = 3_000

  /// Runs one call through a breaker and says what changed.
  private static func call(_ breaker: CircuitBreaker, _ outcome: Outcome, at now: Instant) -> [BreakerChange] {
    guard case .admit(let permit, let changes) = breaker.admit(at: now) else { return [] }
    return changes.map(\.change) + breaker.record(permit, outcome, started: now, ended: now).map(\.change)
  }

  @Test("A success that skips the machine never hides a failure: as many failures as the window needs always open")
  func noHiddenFailure() async {
    for round in 0..<50 {
      let breaker = CircuitBreaker(
        "db", CircuitBreakerSettings(failuresInWindow: 8, window: .calls(200), open: .init(.seconds(1))))
      for _ in 0..<200 { _ = Self.call(breaker, .success, at: .milliseconds(0)) }
      let opened = SharedCount()
      await onWorkers { worker in
        for step in 0..<40 {
          let isFailure = step % 20 == worker
          for change in Self.call(breaker, isFailure ? .failure : .success, at: .milliseconds(0)) {
            if case .opened = change { opened.add() }
          }
        }
      }
      #expect(opened.value == 1, "round \(round)")
      #expect(breaker.state == .open)
    }
  }

  @Test("A steady window lets failures of many threads through, each counted once")
  func steadyWindow() async {
    let breaker = CircuitBreaker(
      "db", CircuitBreakerSettings(failureRate: .one, window: .calls(100), minimumCalls: 100, open: .init(.seconds(1))))
    for _ in 0..<100 { _ = Self.call(breaker, .success, at: .milliseconds(0)) }
    await onWorkers { worker in
      for _ in 0..<10 { _ = Self.call(breaker, .failure, at: .milliseconds(0)) }
    }
    #expect(breaker.state(at: .milliseconds(0)).window == WindowCounts(calls: 100, failures: 40))
  }

  @Test(
    "Transitions follow one another: each one starts where the one before ended, and probes stay within their number")
  func transitions() async {
    let breaker = CircuitBreaker(
      "db", CircuitBreakerSettings(failures: 3, open: .nanoseconds(40), successes: 2), chance: Chance(seed: 1))
    let clock = SharedCount()
    let probing = SharedCount()
    let tally = Tally()
    await onWorkers { worker in
      let chance = Chance(seed: UInt64(worker))
      for _ in 0..<Self.rounds {
        let now = Instant(nanoseconds: UInt64(clock.add()))
        guard case .admit(let permit, let changes) = breaker.admit(at: now) else { continue }
        tally.add(changes)
        if permit.isProbe {
          // Leases are far longer than the probes here take, so a place is never reclaimed.
          tally.mostProbes.raise(to: probing.add())
          probing.add(-1)
        }
        let outcome: Outcome = chance.draw(0...1) == 0 ? .failure : .success
        tally.add(breaker.record(permit, outcome, started: now, ended: now))
      }
    }
    let (opened, reopened) = (tally.opened.value, tally.reopened.value)
    let (halfOpened, closed) = (tally.halfOpened.value, tally.closed.value)
    // Every opening is followed by at most one half-open, and every half-open by at most one verdict.
    #expect((0...1).contains(opened - halfOpened))
    #expect((0...1).contains(halfOpened - closed - reopened))
    #expect(tally.mostProbes.value <= 2)
    #expect(opened > 0)
  }

  @Test("One caller of many begins half-open, and only the probes get in")
  func boundary() async {
    for _ in 0..<100 {
      let breaker = CircuitBreaker(
        "db", CircuitBreakerSettings(failures: 1, open: .seconds(1), successes: 3), chance: Chance(seed: 1))
      _ = Self.call(breaker, .failure, at: .milliseconds(0))
      let admitted = SharedCount()
      let halfOpened = SharedCount()
      await onWorkers { _ in
        for _ in 0..<16 {
          guard case .admit(_, let changes) = breaker.admit(at: .milliseconds(1_000)) else { continue }
          admitted.add()
          if changes.contains(where: { $0.change == .halfOpened(from: .open) }) { halfOpened.add() }
        }
      }
      #expect(admitted.value == 3)
      #expect(halfOpened.value == 1)
    }
  }

  @Test("Reloads, changes by hand and slow marks among calls of many threads leave a breaker that recovers")
  func everythingAtOnce() async {
    let breaker = CircuitBreaker("db", Self.settings(0), chance: Chance(seed: 1))
    let clock = SharedCount()
    await onWorkers { worker in
      let chance = Chance(seed: UInt64(worker) + 10)
      for step in 0..<Self.rounds {
        let now = Instant(nanoseconds: UInt64(clock.add(Int(chance.draw(0...20)))))
        switch chance.draw(0...40) {
        case 0: breaker.update(Self.settings(step), at: now)
        case 1: _ = breaker.isolate(at: now)
        case 2...4: _ = breaker.close(at: now)
        case 5: _ = breaker.state(at: now)
        default:
          guard case .admit(let permit, _) = breaker.admit(at: now) else { continue }
          if chance.draw(0...5) == 0 { _ = breaker.catchUp(at: now) }
          let outcome: Outcome = chance.draw(0...3) == 0 ? .failure : .success
          _ = breaker.record(permit, outcome, started: now, ended: now)
        }
      }
    }
    var now = Instant(nanoseconds: 1 << 40)
    _ = breaker.close(at: now)
    breaker.update(Self.settings(1), at: now)
    for _ in 0..<200 {
      _ = Self.call(breaker, .success, at: now)
      now = now.advanced(by: 1_000)
    }
    #expect(breaker.state == .closed)
    #expect(breaker.state(at: now).run == 0)
  }

  private static func settings(_ number: Int) -> CircuitBreakerSettings {
    CircuitBreakerSettings(
      failures: 3, failureRate: .percent(50), slowRate: .percent(80), slowerThan: .nanoseconds(10),
      window: number.isMultiple(of: 2) ? .calls(20) : .time(.nanoseconds(500)), minimumCalls: 5,
      open: .init(.nanoseconds(50)), halfOpen: .init(probes: 2))
  }

  /// Counts transitions of all threads.
  private struct Tally: Sendable {
    let opened = SharedCount()
    let reopened = SharedCount()
    let halfOpened = SharedCount()
    let closed = SharedCount()
    let mostProbes = SharedCount()

    func add(_ changes: BreakerChanges) {
      for change in changes { add(change.change) }
    }

    private func add(_ change: BreakerChange) {
      switch change {
      case .opened(let from, _, _):
        opened.add()
        if from == .halfOpen { reopened.add() }
      case .halfOpened: halfOpened.add()
      case .closed: closed.add()
      default: break
      }
    }
  }
}
