import ResilienceCore
import Testing

@Suite struct BreakerModeTests {
  private func settings(_ mode: CircuitBreakerSettings.Mode) -> CircuitBreakerSettings {
    CircuitBreakerSettings(failures: 2, open: .init(.seconds(1)), mode: mode)
  }

  @Test("Mode shadow: lets every call through, and says what it would have done")
  func shadow() throws {
    var bench = BreakerBench(settings(.shadow))
    try bench.call(.failure)
    let opening = bench.finish(try bench.admit(), .failure)
    #expect(opening.map(\.isShadow) == [true])
    #expect(bench.breaker.state == .open)
    bench.at(400)
    let answer = bench.ask()
    #expect(!answer.isTurnedAway)
    #expect(answer.rejection == BreakerRejection(reason: .open, retryAfter: milliseconds(600)))
  }

  @Test("Mode shadow: decides like a breaker that enforces, call by call", arguments: 1...30)
  func decidesAlike(_ seed: Int) throws {
    let chance = Chance(seed: UInt64(seed))
    var settings = CircuitBreakerSettings(
      failures: 2, failureRate: .percent(50), window: .calls(6), minimumCalls: 4, open: .init(.seconds(1), factor: 2),
      halfOpen: .init(probes: 2, ramp: [.percent(30), .percent(60)]))
    var enforcing = BreakerBench(settings, seed: 3)
    settings.mode = .shadow
    var shadow = BreakerBench(settings, seed: 3)
    var running: [(BreakerBench.Running, BreakerBench.Running)] = []
    for step in 0..<400 {
      enforcing.now = enforcing.now.advanced(by: chance.draw(0...300_000_000))
      shadow.now = enforcing.now
      if chance.draw(0...1) == 0 {
        let (real, mirrored) = (enforcing.ask(), shadow.ask())
        try #require(real.rejection == mirrored.rejection, "seed \(seed), step \(step)")
        try #require(!mirrored.isTurnedAway)
        if let real = real.running, let mirrored = mirrored.running { running.append((real, mirrored)) }
      } else if let (real, mirrored) = running.popLast() {
        let outcome: Outcome = chance.draw(0...2) == 0 ? .failure : .success
        try #require(enforcing.end(real, outcome) == shadow.end(mirrored, outcome), "seed \(seed), step \(step)")
      }
      try #require(enforcing.breaker.state == shadow.breaker.state)
    }
  }

  @Test("Mode disabled: lets every call through, and neither counts nor tells")
  func disabled() throws {
    let bench = BreakerBench(settings(.disabled))
    #expect(bench.breaker.state == .disabled)
    for _ in 0..<10 {
      let answer = bench.ask()
      #expect(answer.running == nil && answer.rejection == nil && answer.changes == [])
    }
  }

  @Test("Mode disabled: what was admitted before counts for nothing and is not told")
  func disabledMeanwhile() throws {
    let bench = BreakerBench(settings(.enforce))
    let running = try bench.admit()
    #expect(bench.breaker.update(settings(.disabled), at: bench.now).map(\.change) == [.disabled(from: .closed)])
    #expect(bench.finish(running, .failure) == [])
    #expect(bench.snapshot.run == 0)
  }

  @Test("Mode forced-open: rejects every call, without a time to come back")
  func forcedOpen() throws {
    var bench = BreakerBench(settings(.forcedOpen))
    for time in [0, 1_000, 1_000_000_000] {
      bench.at(time)
      #expect(try bench.rejection() == BreakerRejection(reason: .open, retryAfter: nil))
    }
    #expect(bench.breaker.state == .forcedOpen)
  }

  @Test("Reload, mode: out of disabled and forced-open a breaker is closed and fresh")
  func leaving() throws {
    for mode in [CircuitBreakerSettings.Mode.disabled, .forcedOpen] {
      let bench = BreakerBench(settings(.enforce))
      try bench.calls(2, .failure)
      let entered = bench.breaker.update(settings(mode), at: bench.now)
      #expect(entered.compactMap(\.change.transition).map(\.from) == [.open])
      let left = bench.breaker.update(settings(.enforce), at: bench.now)
      #expect(left.map(\.change) == [.closed(from: mode == .disabled ? .disabled : .forcedOpen)])
      try bench.call(.failure)
      #expect(bench.breaker.state == .closed)
      #expect(bench.snapshot.run == 1)
    }
  }

  @Test("Reload, mode: between enforce and shadow the state stays", arguments: [true, false])
  func shadowKeepsState(_ toShadow: Bool) throws {
    let (first, second) = toShadow ? (settings(.enforce), settings(.shadow)) : (settings(.shadow), settings(.enforce))
    var bench = BreakerBench(first)
    try bench.calls(2, .failure)
    #expect(bench.breaker.update(second, at: bench.now) == [])
    bench.at(400)
    #expect(bench.breaker.state == .open)
    #expect(bench.ask().isTurnedAway == !toShadow)
    #expect(bench.snapshot.openUntil == .milliseconds(1_000))
  }

  @Test(
    "B14: isolate turns calls away in every mode, and no mode ends it", arguments: CircuitBreakerSettings.Mode.allCases)
  func isolated(_ mode: CircuitBreakerSettings.Mode) throws {
    let bench = BreakerBench(settings(mode))
    _ = bench.breaker.isolate(at: bench.now)
    #expect(bench.ask().isTurnedAway)
    for other in CircuitBreakerSettings.Mode.allCases {
      #expect(bench.breaker.update(settings(other), at: bench.now) == [])
      #expect(try bench.rejection() == BreakerRejection(reason: .isolated, retryAfter: nil))
    }
  }
}
