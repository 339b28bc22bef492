import ResilienceCore
import Testing

@Suite struct BreakerReloadTests {
  private static let settings = CircuitBreakerSettings(
    failures: 5, failureRate: .percent(50), window: .calls(10), minimumCalls: 10,
    open: .init(.seconds(10), factor: 2))

  private func changed(_ change: (inout CircuitBreakerSettings) -> Void) -> CircuitBreakerSettings {
    var settings = Self.settings
    change(&settings)
    return settings
  }

  @Test("Reload, breaker numbers: run and window stay, and the next result is judged by the new numbers")
  func numbers() throws {
    let bench = BreakerBench(Self.settings)
    try bench.calls(3, .failure)
    bench.breaker.update(changed { $0.failures = 3 }, at: bench.now)
    #expect(bench.breaker.state == .closed, "a reload judges nothing by itself")
    #expect(bench.snapshot.run == 3)
    #expect(bench.snapshot.window == WindowCounts(calls: 3, failures: 3))
    #expect(
      try bench.call(.failure)
        == .opened(from: .closed, .failures(inARow: 4, threshold: 3), openTime: milliseconds(10_000)))
  }

  @Test("Reload, breaker numbers: the next result may be a success, even in a window that seemed healthy")
  func judgedOnSuccess() throws {
    let bench = BreakerBench(changed { $0.failures = nil })
    try bench.calls(4, .failure)
    try bench.calls(6, .success)
    bench.breaker.update(changed { $0.failureRate = .percent(30) }, at: bench.now)
    #expect(
      try bench.call(.success)
        == .opened(
          from: .closed, .failureRate(failures: 3, calls: 10, threshold: .percent(30)), openTime: milliseconds(10_000)))

    let steady = BreakerBench(Self.settings)
    try steady.calls(20, .success)
    steady.breaker.update(changed { $0.failureRate = .zero }, at: steady.now)
    #expect(try steady.call(.success) != nil)
  }

  @Test("Reload, breaker numbers: a call that was running is judged by them too")
  func inFlight() throws {
    let bench = BreakerBench(Self.settings)
    let running = try bench.admit()
    bench.breaker.update(changed { $0.failures = 1 }, at: bench.now)
    #expect(bench.end(running, .failure) != nil)
    #expect(bench.breaker.state == .open)
  }

  @Test("Reload, breaker handle: the next result is classed by the new list")
  func handle() throws {
    let bench = BreakerBench(Self.settings)
    bench.breaker.update(changed { $0.handle = [.timeout] }, at: bench.now)
    try bench.calls(20, .failure(.other))
    #expect(bench.breaker.state == .closed)
  }

  @Test(
    "Reload, breaker open time: what is left is the new time less what has passed, and never negative",
    arguments: [(20, 16), (10, 6), (5, 1), (4, 0), (1, 0)])
  func remaining(_ newOpenTime: Int, _ left: Int) throws {
    var bench = BreakerBench(Self.settings)
    try bench.calls(5, .failure)
    bench.at(4_000)
    bench.breaker.update(changed { $0.open = .init(.seconds(newOpenTime)) }, at: bench.now)
    #expect(bench.breaker.state == .open)
    if left > 0 {
      #expect(try bench.rejection() == BreakerRejection(reason: .open, retryAfter: milliseconds(left * 1_000)))
    }
    bench.at(4_000 + left * 1_000)
    #expect(bench.tryAdmit().change == .halfOpened(from: .open))
  }

  @Test("Reload, breaker open time: growth is kept, and so is the draw of the jitter")
  func growth() throws {
    var bench = BreakerBench(Self.settings)
    try bench.calls(5, .failure)
    bench.at(10_000)
    try bench.call(.failure)
    bench.breaker.update(changed { $0.open = .init(.seconds(3), factor: 3) }, at: bench.now)
    #expect(try bench.rejection().retryAfter == milliseconds(9_000))

    let jittered = changed { $0.open = .init(.seconds(10), jitter: .percent(50)) }
    let drawn = BreakerBench(jittered)
    try drawn.calls(5, .failure)
    let until = drawn.snapshot.openUntil
    drawn.breaker.update(changed { $0.open = .init(.seconds(20), jitter: .percent(50)) }, at: drawn.now)
    drawn.breaker.update(jittered, at: drawn.now)
    #expect(drawn.snapshot.openUntil == until)
  }

  @Test("Reload, breaker half-open: probes keep their places, and the new numbers hold")
  func halfOpen() throws {
    var bench = BreakerBench(changed { $0.halfOpen = .init(probes: 3) })
    try bench.calls(5, .failure)
    bench.at(10_000)
    let probes = try (0..<3).map { _ in try bench.admit() }
    bench.end(probes[0], .success)
    bench.breaker.update(changed { $0.halfOpen = .init(probes: 1, successes: 2) }, at: bench.now)
    #expect(bench.snapshot.successes == 1)
    #expect(bench.snapshot.probes == 2)
    #expect(try bench.rejection().reason == .probing)
    #expect(bench.end(probes[1], .success) == .closed(from: .halfOpen))
  }

  @Test("Reload, breaker isolated: it stays so")
  func isolated() {
    let bench = BreakerBench(Self.settings)
    _ = bench.breaker.isolate(at: bench.now)
    bench.breaker.update(.standard, at: bench.now)
    #expect(bench.breaker.state == .isolated)
  }

  @Test(
    "Reload, breaker window: it starts fresh; state, run and open-since are kept",
    arguments: [CircuitBreakerSettings.Window.calls(20), .time(.seconds(30))])
  func window(_ window: CircuitBreakerSettings.Window) throws {
    let closed = BreakerBench(Self.settings)
    try closed.calls(3, .failure)
    closed.breaker.update(changed { $0.window = window }, at: closed.now)
    #expect(closed.snapshot.window == WindowCounts())
    #expect(closed.snapshot.run == 3)
    try closed.calls(2, .failure)
    #expect(closed.breaker.state == .open)

    var open = BreakerBench(Self.settings)
    try open.calls(5, .failure)
    open.at(4_000)
    open.breaker.update(changed { $0.window = window }, at: open.now)
    #expect(try open.rejection().retryAfter == milliseconds(6_000))
    open.at(10_000)
    let probe = try open.admit()
    open.breaker.update(Self.settings, at: open.now)
    #expect(open.end(probe, .success) == .closed(from: .halfOpen), "a probe is not late because of a window")
  }

  @Test("Reload, breaker window: a call that ran meanwhile enters the new one once, slow before or after")
  func inFlightAcrossWindows() throws {
    let slow = changed { settings in
      settings.failures = nil
      settings.slowRate = .one
      settings.slowerThan = .milliseconds(100)
    }
    var bench = BreakerBench(slow)
    var calls = [try bench.admit()]
    bench.at(50)
    calls += try (0..<2).map { _ in try bench.admit() }
    bench.at(101)
    #expect(bench.snapshot.window == WindowCounts(calls: 1, failures: 0, slow: 1))
    var wider = slow
    wider.window = .calls(20)
    bench.breaker.update(wider, at: bench.now)
    bench.at(151)
    #expect(bench.snapshot.window == WindowCounts(calls: 2, failures: 0, slow: 2))
    for call in calls { #expect(bench.end(call, .failure) == nil) }
    #expect(bench.snapshot.window == WindowCounts(calls: 3, failures: 3, slow: 3))
  }

  @Test("Reload, breaker unchanged: nothing changes, not even what is late")
  func unchanged() throws {
    let bench = BreakerBench(Self.settings)
    try bench.calls(3, .failure)
    let running = try bench.admit()
    let before = bench.snapshot
    bench.breaker.update(Self.settings, at: bench.now)
    #expect(bench.snapshot == before)
    #expect(bench.end(running, .success) == nil)
    #expect(bench.snapshot.run == 0)
  }

  @Test("Reload, breaker slow calls: a running call becomes slow by the new limit, and not in the past")
  func slowerThan() throws {
    func slow(_ limit: Int) -> CircuitBreakerSettings {
      changed {
        $0.failures = nil
        $0.slowRate = .one
        $0.slowerThan = .milliseconds(limit)
      }
    }
    func running(at time: Int) throws -> BreakerBench {
      var bench = BreakerBench(slow(100))
      _ = try bench.admit()
      bench.at(time)
      return bench
    }
    let lower = try running(at: 80)
    lower.breaker.update(slow(50), at: lower.now)
    #expect(lower.breaker.nextMark == lower.now)
    #expect(lower.snapshot.window.slow == 1)

    let higher = try running(at: 80)
    higher.breaker.update(slow(200), at: higher.now)
    #expect(higher.breaker.nextMark == Instant(nanoseconds: 200_000_001))

    var never = try running(at: 80)
    never.breaker.update(Self.settings, at: never.now)
    #expect(never.breaker.nextMark == nil)
    never.at(1_000)
    #expect(never.snapshot.window == WindowCounts())
  }

  @Test("Reload, breaker slow calls: what was slow already is completed in place when nothing is slow any more")
  func slowNoLonger() throws {
    let slow = changed {
      $0.slowRate = .one
      $0.slowerThan = .milliseconds(100)
    }
    var bench = BreakerBench(slow)
    let call = try bench.admit()
    bench.at(200)
    bench.breaker.update(Self.settings, at: bench.now)
    #expect(bench.snapshot.window == WindowCounts(calls: 1, failures: 0, slow: 1))
    bench.end(call, .failure)
    #expect(bench.snapshot.window == WindowCounts(calls: 1, failures: 1, slow: 1))
  }
}
