import ResilienceCore
import Testing

/// What went wrong in other libraries, and must not here.
@Suite struct BreakerKnownBugTests {
  private static let outcomes: [Outcome] = [
    .success, .failure(.other), .failure(.timeout), .ignored([.rejected]), .ignored([.defined(0)]), .cancelled,
  ]

  @Test("A probe that ends in any way leaves half-open or frees its place", arguments: outcomes)
  func probeEnds(_ outcome: Outcome) throws {
    var bench = BreakerBench(CircuitBreakerSettings(failures: 1, open: .seconds(1)))
    try bench.call(.failure)
    bench.at(1_000)
    try bench.call(outcome)
    if bench.breaker.state == .halfOpen {
      #expect(try bench.admit().isProbe)
    } else {
      #expect(bench.snapshot.probes == 0)
    }
  }

  @Test("A hundred calls of a closed breaker that end in every later state open once and add no probe")
  func overhanging() throws {
    var bench = BreakerBench(CircuitBreakerSettings(failures: 5, open: .seconds(1), successes: 2))
    var slow = try (0..<100).map { _ in try bench.admit() }
    var opened = 0
    func endSome(_ bench: BreakerBench) {
      for outcome in Self.outcomes + [.failure(.other), .failure(.other)] {
        if case .opened = bench.end(slow.removeLast(), outcome) { opened += 1 }
      }
    }
    endSome(bench)
    #expect(opened == 0)
    while bench.breaker.state == .closed {
      if case .opened = bench.end(slow.removeLast(), .failure) { opened += 1 }
    }
    endSome(bench)
    bench.at(1_000)
    let probes = try (0..<2).map { _ in try bench.admit() }
    endSome(bench)
    _ = try bench.rejection()
    #expect(bench.snapshot.probes == 2)
    bench.end(probes[0], .success)
    endSome(bench)
    #expect(bench.end(probes[1], .success) == .closed(from: .halfOpen))
    while let call = slow.popLast() { bench.end(call, .failure) }
    #expect(bench.breaker.state == .closed)
    #expect(opened == 1)
  }

  @Test("Sixty-four callers at the boundary: exactly the probes are let through")
  func boundary() throws {
    var bench = BreakerBench(CircuitBreakerSettings(failures: 1, open: .seconds(1), successes: 3))
    try bench.call(.failure)
    bench.at(1_000)
    let answers = (0..<64).map { _ in bench.tryAdmit() }
    #expect(answers.count { $0.running != nil } == 3)
    #expect(answers.count { $0.change == .halfOpened(from: .open) } == 1)
  }

  @Test("A probe that hangs for ever costs its lease and no more")
  func hangingProbe() throws {
    var bench = BreakerBench(CircuitBreakerSettings(failures: 1, open: .seconds(1)))
    try bench.call(.failure)
    for _ in 0..<1_000 {
      bench.at(Int(bench.now.nanoseconds / 1_000_000) + 1_000)
      _ = try bench.admit()
      #expect(bench.tryAdmit().running == nil)
    }
    bench.at(Int(bench.now.nanoseconds / 1_000_000) + 1_000)
    try bench.call(.success)
    #expect(bench.breaker.state == .closed)
  }

  @Test("A probe that a layer inside the breaker rejects leaves room for the next")
  func rejectedInside() throws {
    var bench = BreakerBench(CircuitBreakerSettings(failures: 1, open: .seconds(1)))
    try bench.call(.failure)
    bench.at(1_000)
    for _ in 0..<100 { try bench.call(.ignored([.rejected])) }
    try bench.call(.success)
    #expect(bench.breaker.state == .closed)
  }

  @Test("Late results while open do not make it open longer, and late successes do not close")
  func lateWhileOpen() throws {
    var bench = BreakerBench(CircuitBreakerSettings(failures: 1, open: .seconds(1)))
    let calls = try (0..<10).map { _ in try bench.admit() }
    bench.end(calls[0], .failure)
    for (step, call) in calls.dropFirst().enumerated() {
      bench.at(step * 100)
      #expect(bench.end(call, step.isMultiple(of: 2) ? .failure : .success) == .late)
    }
    #expect(bench.breaker.state == .open)
    #expect(bench.snapshot.openUntil == .milliseconds(1_000))
  }

  @Test("After a long idle time a time window is empty, not stale")
  func idleGap() throws {
    var bench = BreakerBench(
      CircuitBreakerSettings(
        failureRate: .percent(50), window: .time(.seconds(10)), minimumCalls: 4, open: .init(.seconds(1))))
    try bench.calls(3, .failure)
    for gap in [10_000, 100_000, 10_000_000_000] {
      bench.at(Int(bench.now.nanoseconds / 1_000_000) + gap)
      try bench.calls(3, .failure)
      #expect(bench.snapshot.window == WindowCounts(calls: 3, failures: 3))
    }
    #expect(bench.breaker.state == .closed)
  }

  @Test("Instants that come in the wrong order neither lose a call nor empty the window")
  func outOfOrder() throws {
    var bench = BreakerBench(
      CircuitBreakerSettings(failuresInWindow: 4, window: .time(.seconds(10)), open: .init(.seconds(1))))
    for time in [20_000, 19_000, 20_500, 18_000] {
      #expect(bench.breaker.state == .closed)
      bench.at(time)
      try bench.call(.failure)
    }
    #expect(bench.breaker.state == .open)
  }

  @Test("B12 elsewhere: without any wait, and at the instant itself, nothing loops and one probe at a time is let in")
  func noWait() throws {
    for open in [Duration.zero, .nanoseconds(1), .seconds(-1)] {
      let bench = BreakerBench(CircuitBreakerSettings(failures: 1, open: .init(open), halfOpen: .init(lease: .zero)))
      var now = bench
      for _ in 0..<100 {
        guard let call = now.tryAdmit().running else {
          now.now = now.now.advanced(by: 1)
          continue
        }
        #expect(now.snapshot.probes <= 1)
        now.end(call, .failure)
      }
      now.now = now.now.advanced(by: 1)
      try now.call(.success)
      #expect(now.breaker.state == .closed)
    }
  }

  @Test("B31 elsewhere: a probe that another breaker inside turns away decides nothing, for ever and a day")
  func rejectedByInnerBreaker() throws {
    let outer = CircuitBreaker("outer", CircuitBreakerSettings(failures: 1, open: .milliseconds(10)))
    let inner = CircuitBreaker("inner", CircuitBreakerSettings(failures: 1, open: .seconds(3_600)))
    let plan = Plan.of([.breaker(outer), .breaker(inner)])
    _ = CallPlayer(plan: plan).play([.fail()])
    for start in [10, 11, 500, 3_599_999] as [UInt64] {
      #expect(CallPlayer(plan: plan, start: start).play([.ok()]).verdict == "rejected inner breaker-open")
    }
    #expect(CallPlayer(plan: plan, start: 3_600_000).play([.ok()]).verdict == "success")
    #expect([outer.state, inner.state] == [.closed, .closed])
  }

  @Test(
    "B38 elsewhere: a flood in half-open, a hung probe and a long silence together: one call at a time, and it recovers"
  )
  func fieldReport() throws {
    var bench = BreakerBench(CircuitBreakerSettings(failures: 1, open: .seconds(1)))
    try bench.call(.failure)
    var admitted = 0
    for second in 1...600 {
      bench.at(second * 1_000)
      // Every probe hangs, and a hundred callers come with each.
      admitted += (0..<100).count { _ in bench.tryAdmit().running != nil }
    }
    #expect(admitted == 600)
    bench.at(6 * 24 * 3_600_000)
    try bench.call(.success)
    #expect(bench.breaker.state == .closed)
  }
}
