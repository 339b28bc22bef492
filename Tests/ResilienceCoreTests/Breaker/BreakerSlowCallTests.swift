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

  /// The first instant at which a call that began so many milliseconds after the origin is slow.
  private func mark(_ began: Int = 0) -> Instant { Instant(nanoseconds: milliseconds(began + 100) + 1) }

  private func opened(_ slow: Int, of calls: Int, by threshold: Ratio = .percent(50)) -> BreakerChange {
    .opened(from: .closed, .slowRate(slow: slow, calls: calls, threshold: threshold), openTime: milliseconds(1_000))
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
    longer.now = mark()
    #expect(longer.end(slow, .success) == opened(1, of: 1, by: .one))
  }

  @Test("B6: calls that hang open the breaker at the moment they become slow, however late somebody asks")
  func whileRunning() throws {
    for asked in [mark(30), .milliseconds(200), .milliseconds(900)] {
      var bench = bench()
      for start in [0, 10, 20, 30] {
        bench.at(start)
        _ = try bench.admit()
      }
      bench.now = asked
      let answer = bench.ask()
      #expect(answer.changes == [DatedChange(opened(4, of: 4), at: mark(30))])
      #expect(answer.rejection?.retryAfter == asked.nanoseconds(to: mark(30).advanced(by: milliseconds(1_000))))
    }
  }

  @Test("B6: an open time that began unseen can be over when somebody comes: that call is a probe")
  func openedAndOver() throws {
    var bench = bench()
    let hanging = try (0..<4).map { _ in try bench.admit() }
    bench.at(5_000)
    let answer = bench.ask()
    #expect(
      answer.changes == [
        DatedChange(opened(4, of: 4), at: mark()), DatedChange(.halfOpened(from: .open), at: .milliseconds(5_000)),
      ])
    #expect(answer.running?.isProbe == true)
    #expect(bench.end(hanging[0], .failure) == .late)
    #expect(bench.end(try #require(answer.running), .success) == .closed(from: .halfOpen))
  }

  @Test("B6: the state, a snapshot, the next mark and a result see the same as a call")
  func everybodySees() throws {
    var bench = bench()
    let hanging = try (0..<4).map { _ in try bench.admit() }
    #expect(bench.breaker.nextMark == mark())
    bench.at(100)
    #expect(bench.breaker.catchUp(at: bench.now) == [])
    #expect(bench.snapshot.state == .closed)
    bench.at(300)
    #expect(bench.finish(hanging[0], .success).map(\.change) == [opened(4, of: 4), .late])
    #expect(bench.breaker.nextMark == nil)

    var other = self.bench()
    for _ in 0..<4 { _ = try other.admit() }
    other.at(300)
    #expect(other.snapshot.state == .open)
    #expect(other.snapshot.openUntil == mark().advanced(by: milliseconds(1_000)))
    #expect(other.breaker.catchUp(at: other.now) == [])
  }

  @Test("B6: on a clock of its own, the state needs nobody to ask with an instant")
  func ownClock() throws {
    let time = VirtualTime()
    let settings = CircuitBreakerSettings(
      slowRate: .one, slowerThan: .milliseconds(100), window: .calls(10), minimumCalls: 1, open: .init(.seconds(1)))
    let breaker = CircuitBreaker("database", settings, on: .virtual(time))
    guard case .admit = breaker.admit(at: time.now) else { return }
    time.advance(to: .milliseconds(100))
    #expect(breaker.state == .closed)
    time.advance(to: .milliseconds(101))
    #expect(breaker.state == .open)
    #expect(breaker.snapshot().openUntil == mark().advanced(by: milliseconds(1_000)))
  }

  @Test("B6: ends at the very instant come before the calls that become slow at it")
  func endsFirst() throws {
    var bench = bench(slowRate: .percent(60), minimum: 2)
    for _ in 0..<2 { _ = try bench.admit() }
    bench.at(50)
    let quick = try bench.admit()
    bench.now = mark()
    #expect(bench.finish(quick, .success) == [], "in time: the window holds it, and no slow one yet")
    #expect(bench.breaker.catchUp(at: bench.now) == [DatedChange(opened(2, of: 3, by: .percent(60)), at: mark())])
  }

  @Test(
    "B6: a slow call is in the window once; its end completes that record", arguments: [Outcome.success, .failure])
  func completedInPlace(_ outcome: Outcome) throws {
    var bench = bench(minimum: 10)
    let call = try bench.admit()
    bench.at(101)
    #expect(bench.snapshot.window == WindowCounts(calls: 1, failures: 0, slow: 1))
    #expect(bench.snapshot.window == WindowCounts(calls: 1, failures: 0, slow: 1), "looking again marks nothing")
    bench.at(500)
    bench.end(call, outcome)
    #expect(bench.snapshot.window == WindowCounts(calls: 1, failures: outcome == .failure ? 1 : 0, slow: 1))
    #expect(bench.snapshot.run == (outcome == .failure ? 1 : 0))
  }

  @Test("B6: the failure of a slow call is judged when it ends")
  func judgedAtEnd() throws {
    var bench = bench(slowRate: .one, failureRate: .percent(50), minimum: 2)
    let call = try bench.admit()
    bench.at(101)
    try bench.call(.success)
    #expect(bench.breaker.state == .closed)
    #expect(
      bench.end(call, .failure)
        == .opened(
          from: .closed, .failureRate(failures: 1, calls: 2, threshold: .percent(50)), openTime: milliseconds(1_000)))
  }

  @Test("B6: a slow call that ends ignored or cancelled keeps its mark, seen before its end or not")
  func keepsMark() throws {
    for outcome in [Outcome.cancelled, .ignored([.defined(1)])] {
      var bench = bench(minimum: 10)
      let seen = try bench.admit()
      bench.at(101)
      #expect(bench.snapshot.window.slow == 1)
      bench.end(seen, outcome)
      #expect(bench.snapshot.window == WindowCounts(calls: 1, failures: 0, slow: 1))
      bench.at(200)
      let unseen = try bench.admit()
      bench.at(400)
      bench.end(unseen, outcome)
      #expect(bench.snapshot.window == WindowCounts(calls: 2, failures: 0, slow: 2))
      let quick = try bench.admit()
      bench.end(quick, outcome)
      bench.at(900)
      #expect(bench.snapshot.window == WindowCounts(calls: 2, failures: 0, slow: 2))
    }
  }

  @Test("B6: a record that has left the window is not completed")
  func recordGone() throws {
    var bench = bench(slowRate: .one, minimum: 3, window: 3)
    let call = try bench.admit()
    bench.at(101)
    try bench.calls(2, .success)
    #expect(bench.snapshot.window == WindowCounts(calls: 3, failures: 0, slow: 1))
    try bench.call(.success)
    bench.end(call, .failure)
    #expect(bench.snapshot.window == WindowCounts(calls: 3, failures: 0, slow: 0))
    #expect(bench.snapshot.run == 1, "the run counts ends, not records")
  }

  @Test("B6: in a time window a record is at the instant when the call became slow, and is completed there")
  func inTimeWindow() throws {
    func run(endingAt end: Int) throws -> WindowCounts {
      var bench = BreakerBench(
        CircuitBreakerSettings(
          slowRate: .one, slowerThan: .milliseconds(100), window: .time(.seconds(1)), minimumCalls: 10,
          open: .init(.seconds(1))))
      let call = try bench.admit()
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
    _ = try bench.admit()
    bench.at(1_200)
    let probe = try bench.admit()
    #expect(probe.isProbe)
    bench.at(1_900)
    #expect(bench.breaker.nextMark == nil)
    #expect(bench.snapshot.state == .halfOpen)
    #expect(bench.end(probe, .success) == .closed(from: .halfOpen))
  }

  @Test("B6: without a slow rate nothing is watched")
  func nothingToWatch() throws {
    var bench = BreakerBench(CircuitBreakerSettings(failures: 3, open: .seconds(1)))
    let call = try bench.admit()
    #expect(bench.breaker.nextMark == nil)
    let isWatched = BreakerPermit(stored: call.words).isWatched
    #expect(!isWatched)
    bench.at(1_000_000)
    #expect(bench.snapshot.window == WindowCounts())
  }

  @Test("B6: in a window full of quick successes a slow success still counts")
  func slowInFullWindow() throws {
    var bench = bench(slowRate: .percent(10))
    try bench.calls(10, .success)
    _ = try bench.admit()
    bench.at(101)
    #expect(bench.snapshot.state == .open)
  }

  @Test("B6: calls that threads bring out of order become slow no earlier than they would, and none is lost")
  func outOfOrder() throws {
    var bench = bench(slowRate: .one, minimum: 3)
    for start in [30, 10, 20] {
      bench.at(start)
      _ = try bench.admit()
    }
    bench.at(200)
    #expect(bench.breaker.catchUp(at: bench.now) == [DatedChange(opened(3, of: 3, by: .one), at: mark(30))])
  }

  @Test("B6: a call that hangs for ever costs one entry, and the others leave nothing behind")
  func memory() throws {
    var bench = bench(slowRate: .one, minimum: 20)
    _ = try bench.admit()
    for step in 1...5_000 {
      bench.at(step)
      try bench.call(.success)
    }
    var watched = WatchedCalls()
    _ = watched.begin(at: .milliseconds(0))
    let numbers = (1...1_000).map { watched.begin(at: .milliseconds($0)) }
    #expect(watched.waiting == 1_001)
    for number in numbers.dropLast() { #expect(watched.end(number) == nil) }
    watched.mark(7)
    #expect(watched.waiting == 1, "the last one still runs")
    #expect(watched.end(0) == 7)
    #expect(watched.end(0) == nil)
  }

  @Test("B6: agrees with a breaker that is asked at every instant", arguments: 1...60)
  func agreesWithTimers(_ seed: Int) throws {
    let chance = Chance(seed: UInt64(seed))
    let settings = CircuitBreakerSettings(
      failures: 4, failureRate: .percent(60), slowRate: .percent(60), slowerThan: .nanoseconds(5),
      window: seed.isMultiple(of: 2) ? .calls(6) : .time(.nanoseconds(60)), minimumCalls: 3,
      open: .init(.nanoseconds(12), factor: 2, jitter: .percent(50)), halfOpen: .init(probes: 2, ramp: [.percent(50)]))
    // The same chance for both, each with its own draws.
    var (lazy, eager) = (BreakerBench(settings, seed: 9), BreakerBench(settings, seed: 9))
    var running: [(BreakerBench.Running, BreakerBench.Running)] = []
    var (lazySaw, eagerSaw): ([DatedChange], [DatedChange]) = ([], [])
    for step in 0..<400 {
      for _ in 0..<chance.draw(0...6) {
        eager.now = eager.now.advanced(by: 1)
        if chance.draw(0...3) == 0, let call = running.popLast() {
          // Ends come first at an instant.
          lazy.now = eager.now
          eagerSaw += eager.finish(call.1, step.isMultiple(of: 3) ? .failure : .success)
          lazySaw += lazy.finish(call.0, step.isMultiple(of: 3) ? .failure : .success)
        }
        eagerSaw += eager.breaker.catchUp(at: eager.now)
      }
      lazy.now = eager.now
      let (one, other) = (lazy.ask(), eager.ask())
      lazySaw += one.changes
      eagerSaw += other.changes
      try #require(one.rejection == other.rejection, "seed \(seed), step \(step)")
      if let one = one.running, let other = other.running { running.append((one, other)) }
      try #require(lazySaw == eagerSaw, "seed \(seed), step \(step)")
      try #require(lazy.snapshot == eager.snapshot, "seed \(seed), step \(step)")
    }
    #expect(!eagerSaw.isEmpty)
  }
}
