import ResilienceCore
import Testing

@Suite struct BreakerSlowCallTests {
  private func bench(slowRate: Ratio = .percent(50), failureRate: Ratio? = nil, minimum: Int = 4, window: Int = 10)
    -> BreakerBench
  {
    BreakerBench(
      CircuitBreakerSettings(
        failureRate: failureRate, slowRate: slowRate, slowerThan: .milliseconds(100), window: .calls(window),
        minimumCalls: minimum, open: .init(.seconds(1))))
  }

  @Test("B6: a call is slow only when it takes strictly longer")
  func strictlyLonger() throws {
    var exact = bench(slowRate: .one, minimum: 2)
    let calls = try (0..<2).map { _ in try exact.admit() }
    exact.at(100)
    #expect(exact.end(calls[0], .success) == nil)
    #expect(exact.snapshot.window == WindowCounts(calls: 1, failures: 0, slow: 0))
    #expect(exact.end(calls[1], .failure) == nil)
    #expect(exact.snapshot.window == WindowCounts(calls: 2, failures: 1, slow: 0))

    var longer = bench(slowRate: .one, minimum: 1)
    let slow = try longer.admit()
    longer.now = Instant(nanoseconds: 100_000_001)
    #expect(
      longer.end(slow, .success)
        == .opened(
          from: .closed, .slowRate(slow: 1, calls: 1, threshold: .one), openTime: milliseconds(1_000)))
  }

  @Test("B6: calls that hang open the breaker at the moment they become slow, without ending")
  func whileRunning() throws {
    var bench = bench()
    var hanging = try (0..<4).map { _ in try bench.admit() }
    bench.at(100)
    for index in 0..<3 { #expect(bench.markSlow(&hanging[index]) == nil) }
    #expect(
      bench.markSlow(&hanging[3])
        == .opened(
          from: .closed, .slowRate(slow: 4, calls: 4, threshold: .percent(50)), openTime: milliseconds(1_000)))
    bench.at(200)
    #expect(bench.end(hanging[0], .failure) == .late)
  }

  @Test(
    "B6: a marked call is in the window once; its end completes that record", arguments: [Outcome.success, .failure])
  func completedInPlace(_ outcome: Outcome) throws {
    var bench = bench(minimum: 10)
    var call = try bench.admit()
    bench.at(100)
    _ = bench.markSlow(&call)
    #expect(bench.snapshot.window == WindowCounts(calls: 1, failures: 0, slow: 1))
    #expect(bench.markSlow(&call) == nil, "a second mark is none")
    bench.at(500)
    bench.end(call, outcome)
    #expect(bench.snapshot.window == WindowCounts(calls: 1, failures: outcome == .failure ? 1 : 0, slow: 1))
    #expect(bench.snapshot.run == (outcome == .failure ? 1 : 0))
  }

  @Test("B6: the failure of a marked call is judged when it ends")
  func judgedAtEnd() throws {
    var bench = bench(slowRate: .one, failureRate: .percent(50), minimum: 2)
    var call = try bench.admit()
    bench.at(100)
    _ = bench.markSlow(&call)
    try bench.call(.success)
    #expect(bench.breaker.state == .closed)
    #expect(
      bench.end(call, .failure)
        == .opened(
          from: .closed, .failureRate(failures: 1, calls: 2, threshold: .percent(50)), openTime: milliseconds(1_000)))
  }

  @Test("B6: a slow call that ends ignored or cancelled keeps its slow mark, marked or not")
  func keepsMark() throws {
    for outcome in [Outcome.cancelled, .ignored([.defined(1)])] {
      var bench = bench(minimum: 10)
      var marked = try bench.admit()
      let unmarked = try bench.admit()
      bench.at(101)
      _ = bench.markSlow(&marked)
      bench.end(marked, outcome)
      #expect(bench.snapshot.window == WindowCounts(calls: 1, failures: 0, slow: 1))
      bench.end(unmarked, outcome)
      #expect(bench.snapshot.window == WindowCounts(calls: 2, failures: 0, slow: 2))
    }
  }

  @Test("B6: a record that has left the window is not completed")
  func recordGone() throws {
    var bench = bench(slowRate: .one, minimum: 3, window: 3)
    var call = try bench.admit()
    bench.at(100)
    _ = bench.markSlow(&call)
    try bench.calls(2, .success)
    #expect(bench.snapshot.window == WindowCounts(calls: 3, failures: 0, slow: 1))
    try bench.call(.success)
    bench.end(call, .failure)
    #expect(bench.snapshot.window == WindowCounts(calls: 3, failures: 0, slow: 0))
    #expect(bench.snapshot.run == 1, "the run counts ends, not records")
  }

  @Test("B6: in a time window too, a record is completed where it is, and not when it has gone")
  func inTimeWindow() throws {
    func run(endingAt end: Int) throws -> WindowCounts {
      var bench = BreakerBench(
        CircuitBreakerSettings(
          slowRate: .one, slowerThan: .milliseconds(100), window: .time(.seconds(1)), minimumCalls: 10,
          open: .init(.seconds(1))))
      var call = try bench.admit()
      bench.at(100)
      _ = bench.markSlow(&call)
      bench.at(end)
      bench.end(call, .failure)
      return bench.snapshot.window
    }
    #expect(try run(endingAt: 1_099) == WindowCounts(calls: 1, failures: 1, slow: 1))
    #expect(try run(endingAt: 1_100) == WindowCounts())
  }

  @Test("B6: a slow probe decides nothing until it ends")
  func slowProbe() throws {
    var bench = bench(slowRate: .one, minimum: 1)
    var call = try bench.admit()
    bench.at(100)
    _ = bench.markSlow(&call)
    bench.at(1_100)
    var probe = try bench.admit()
    bench.at(1_300)
    #expect(bench.markSlow(&probe) == nil)
    #expect(bench.breaker.state == .halfOpen)
    bench.at(1_500)
    #expect(bench.end(probe, .success) == .closed(from: .halfOpen))
  }

  @Test("B6: without a slow rate nothing is to be marked")
  func nothingToMark() throws {
    let bench = BreakerBench(CircuitBreakerSettings(failures: 3, open: .seconds(1)))
    #expect(bench.breaker.slowerThan == nil)
    var call = try bench.admit()
    #expect(bench.markSlow(&call) == nil)
    #expect(self.bench().breaker.slowerThan == milliseconds(100))
  }

  @Test("B6: in a window full of quick successes a slow success still counts")
  func slowInSteadyWindow() throws {
    var bench = bench(slowRate: .percent(10))
    try bench.calls(10, .success)
    let slow = try bench.admit()
    bench.at(101)
    #expect(bench.end(slow, .success) != nil)
    #expect(bench.breaker.state == .open)
  }
}
