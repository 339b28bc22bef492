import ResilienceCore
import Testing

@Suite struct BreakerByHandTests {
  private static let settings = CircuitBreakerSettings(
    failures: 2, failuresInWindow: 50, open: .init(.seconds(1), factor: 2), halfOpen: .init(probes: 2))

  private func changed(_ change: (inout CircuitBreakerSettings) -> Void) -> CircuitBreakerSettings {
    var settings = Self.settings
    change(&settings)
    return settings
  }

  /// A breaker in each state, at 10 s.
  private func bench(in state: BreakerStateName) throws -> BreakerBench {
    var bench = BreakerBench(Self.settings)
    switch state {
    case .closed:
      break
    case .isolated:
      _ = bench.breaker.isolate(at: bench.now)
    case .forcedOpen:
      bench.breaker.update(changed { $0.mode = .forcedOpen }, at: bench.now)
    case .disabled:
      bench.breaker.update(changed { $0.mode = .disabled }, at: bench.now)
    case .open, .halfOpen, .ramping:
      if state == .ramping { bench.breaker.update(changed { $0.halfOpen.ramp = [.one] }, at: bench.now) }
      bench.at(9_500)
      try bench.calls(2, .failure)
    }
    bench.at(10_000)
    if state == .halfOpen {
      bench.at(10_500)
      _ = try bench.admit()
    }
    if state == .ramping {
      bench.at(10_500)
      try bench.calls(2, .success)
    }
    #expect(bench.breaker.state == state)
    return bench
  }

  @Test(
    "B14: isolate: from any state every call is turned away, until somebody closes",
    arguments: BreakerStateName.allCases)
  func isolate(_ state: BreakerStateName) throws {
    var bench = try bench(in: state)
    let change = bench.breaker.isolate(at: bench.now).last?.change
    #expect(change == (state == .isolated ? nil : .isolated(from: state)))
    for time in [10_000, 11_000, 1_000_000_000] {
      bench.at(time)
      #expect(try bench.rejection() == BreakerRejection(reason: .isolated, retryAfter: nil))
    }
    let rest: BreakerStateName = [.forcedOpen, .disabled].contains(state) ? state : .closed
    #expect(bench.breaker.close(at: bench.now).last?.change.transition?.to == rest)
    #expect(bench.breaker.state == rest)
  }

  @Test(
    "B14: close: from any state to closed, with nothing remembered",
    arguments: [BreakerStateName.closed, .open, .halfOpen, .ramping, .isolated])
  func close(_ state: BreakerStateName) throws {
    let bench = try bench(in: state)
    #expect(bench.breaker.close(at: bench.now).last?.change == (state == .closed ? nil : .closed(from: state)))
    #expect(bench.breaker.state == .closed)
    try bench.call(.failure)
    #expect(bench.snapshot.run == 1)
    #expect(bench.snapshot.window == WindowCounts(calls: 1, failures: 1))
  }

  @Test("B14: reset: window, run and growth are forgotten, in a closed breaker too")
  func reset() throws {
    var bench = try bench(in: .closed)
    try bench.call(.failure)
    #expect(bench.breaker.reset(at: bench.now) == [])
    #expect(bench.snapshot.run == 0)
    #expect(bench.snapshot.window == WindowCounts())

    try bench.calls(2, .failure)
    for _ in 0..<3 {
      bench.now = try #require(bench.snapshot.openUntil)
      try bench.call(.failure)
    }
    #expect(bench.breaker.reset(at: bench.now).last?.change == .closed(from: .open))
    try bench.call(.failure)
    #expect(
      try bench.call(.failure)
        == .opened(from: .closed, .failures(inARow: 2, threshold: 2), openTime: milliseconds(1_000)))
  }

  @Test(
    "B14: a breaker that is forced open or disabled goes back to that",
    arguments: [BreakerStateName.forcedOpen, .disabled])
  func closeInMode(_ state: BreakerStateName) throws {
    let bench = try bench(in: state)
    #expect(bench.breaker.close(at: bench.now) == [])
    #expect(bench.breaker.state == state)
  }

  @Test("What was admitted before a change by hand is late after it")
  func overhanging() throws {
    let bench = try bench(in: .closed)
    let before = try bench.admit()
    _ = bench.breaker.reset(at: bench.now)
    #expect(bench.end(before, .failure) == .late)
    #expect(bench.snapshot.run == 0)
  }

  @Test("An open time that was running when somebody isolated the breaker opens nothing later")
  func noTimerLeft() throws {
    var bench = try bench(in: .open)
    _ = bench.breaker.isolate(at: bench.now)
    bench.at(20_000)
    #expect(try bench.rejection().reason == .isolated)
  }
}
