import ResilienceCore
import Testing

@Suite struct BreakerByHandTests {
  private static let settings = CircuitBreakerSettings(
    failures: 2, failuresInWindow: 50, open: .init(.seconds(1), factor: 2), halfOpen: .init(probes: 2))

  /// A breaker in each state, at 10 s.
  private func bench(in state: BreakerStateName) throws -> BreakerBench {
    var bench = BreakerBench(Self.settings)
    switch state {
    case .closed:
      break
    case .isolated:
      _ = bench.breaker.isolate(at: bench.now)
    case .open, .halfOpen:
      bench.at(9_500)
      try bench.calls(2, .failure)
    }
    bench.at(10_000)
    if state == .halfOpen {
      bench.at(10_500)
      _ = try bench.admit()
    }
    #expect(bench.breaker.state == state)
    return bench
  }

  @Test(
    "isolate: from any state every call is turned away, until somebody closes", arguments: BreakerStateName.allCases)
  func isolate(_ state: BreakerStateName) throws {
    var bench = try bench(in: state)
    #expect(bench.breaker.isolate(at: bench.now) == (state == .isolated ? nil : .isolated(from: state)))
    for time in [10_000, 11_000, 1_000_000_000] {
      bench.at(time)
      #expect(try bench.rejection() == BreakerRejection(reason: .isolated, retryAfter: nil))
    }
    #expect(bench.breaker.close(at: bench.now) == .closed(from: .isolated))
    _ = try bench.admit()
  }

  @Test("close: from any state to closed, with nothing remembered", arguments: BreakerStateName.allCases)
  func close(_ state: BreakerStateName) throws {
    let bench = try bench(in: state)
    #expect(bench.breaker.close(at: bench.now) == (state == .closed ? nil : .closed(from: state)))
    #expect(bench.breaker.state == .closed)
    try bench.call(.failure)
    #expect(bench.snapshot.run == 1)
    #expect(bench.snapshot.window == WindowCounts(calls: 1, failures: 1))
  }

  @Test("reset: window, run and growth are forgotten, in a closed breaker too")
  func reset() throws {
    var bench = try bench(in: .closed)
    try bench.call(.failure)
    #expect(bench.breaker.reset(at: bench.now) == nil)
    #expect(bench.snapshot.run == 0)
    #expect(bench.snapshot.window == WindowCounts())

    try bench.calls(2, .failure)
    for _ in 0..<3 {
      bench.now = try #require(bench.snapshot.openUntil)
      try bench.call(.failure)
    }
    #expect(bench.breaker.reset(at: bench.now) == .closed(from: .open))
    try bench.call(.failure)
    #expect(
      try bench.call(.failure)
        == .opened(from: .closed, .failures(inARow: 2, threshold: 2), openTime: milliseconds(1_000)))
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
