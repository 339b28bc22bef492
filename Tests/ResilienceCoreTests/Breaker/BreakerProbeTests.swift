import ResilienceCore
import Testing

@Suite struct BreakerProbeTests {
  /// Open since 0 for 1 s, by one failure.
  private func opened(
    factor: Double = 1, max: Duration? = nil, probes: Int = 1, successes: Int? = nil, lease: Duration? = nil
  ) throws -> BreakerBench {
    let bench = BreakerBench(
      CircuitBreakerSettings(
        failures: 1, open: .init(.seconds(1), factor: factor, max: max),
        halfOpen: .init(probes: probes, successes: successes, lease: lease)))
    try bench.call(.failure)
    return bench
  }

  @Test("B7: at the exact end of the open time the next call is a probe")
  func exactEnd() throws {
    var bench = try opened()
    bench.now = Instant(nanoseconds: 999_999_999)
    #expect(try bench.rejection() == BreakerRejection(reason: .open, retryAfter: 1))
    bench.at(1_000)
    #expect(bench.breaker.state == .open, "half-open begins with the call, not before")
    let answer = bench.tryAdmit()
    #expect(answer.change == .halfOpened(from: .open))
    #expect(answer.running?.isProbe == true)
    #expect(bench.breaker.state == .halfOpen)
  }

  @Test("B7: no timer is needed: long after the open time the state is open until a call comes")
  func noTimer() throws {
    var bench = try opened()
    bench.at(1_000_000)
    #expect(bench.breaker.state == .open)
    #expect(bench.tryAdmit().change == .halfOpened(from: .open))
  }

  @Test("B8: at most so many probes run at once, and the others are told when to come back")
  func probesAtOnce() throws {
    var bench = try opened(probes: 3, lease: .seconds(5))
    bench.at(1_000)
    _ = try bench.admit()
    bench.at(1_500)
    let second = try bench.admit()
    _ = try bench.admit()
    bench.at(2_000)
    #expect(try bench.rejection() == BreakerRejection(reason: .probing, retryAfter: milliseconds(4_000)))
    bench.end(second, .success)
    _ = try bench.admit()
    _ = try bench.rejection()
    #expect(bench.snapshot.probes == 3)
  }

  @Test("B9: a silent probe loses its place when its lease ends")
  func leaseEnds() throws {
    var bench = try opened(lease: .milliseconds(300))
    bench.at(1_000)
    let hung = try bench.admit()
    bench.at(1_299)
    #expect(try bench.rejection().retryAfter == milliseconds(1))
    bench.at(1_300)
    let next = try bench.admit()
    #expect(bench.end(hung, .success) == .late)
    #expect(bench.end(next, .success) == .closed(from: .halfOpen))
  }

  @Test("B9: the lease is the open time just served, when nothing else is said")
  func defaultLease() throws {
    var bench = try opened(factor: 3)
    bench.at(1_000)
    try bench.call(.failure)
    bench.at(4_000)
    _ = try bench.admit()
    #expect(try bench.rejection().retryAfter == milliseconds(3_000))
  }

  @Test("B9: an end at the lease's last instant is in time, a later one is not, whether or not somebody took the place")
  func leaseInstant() throws {
    var inTime = try opened(lease: .milliseconds(300))
    inTime.at(1_000)
    let probe = try inTime.admit()
    inTime.at(1_300)
    #expect(inTime.end(probe, .success) == .closed(from: .halfOpen))

    var late = try opened(lease: .milliseconds(300))
    late.at(1_000)
    let slow = try late.admit()
    late.now = Instant(nanoseconds: 1_300_000_001)
    #expect(late.end(slow, .failure) == .late)
    #expect(late.breaker.state == .halfOpen)
    #expect(late.snapshot.probes == 0)
  }

  @Test("B10: a cancelled or ignored probe gives its place back and decides nothing")
  func noVerdict() throws {
    var bench = try opened(probes: 2)
    bench.at(1_000)
    for outcome in [Outcome.cancelled, .ignored([.rejected]), .ignored([.defined(3)])] {
      let first = try bench.admit()
      let second = try bench.admit()
      _ = try bench.rejection()
      #expect(bench.end(first, outcome) == nil)
      #expect(bench.end(second, outcome) == nil)
      #expect(bench.snapshot.probes == 0)
      #expect(bench.snapshot.successes == 0)
      #expect(bench.breaker.state == .halfOpen)
    }
  }

  @Test("B11: a result of an older generation changes nothing in any later state")
  func olderGeneration() throws {
    for outcome in [Outcome.success, .failure] {
      var bench = BreakerBench(CircuitBreakerSettings(failures: 2, open: .seconds(1)))
      let overhanging = try (0..<4).map { _ in try bench.admit() }
      try bench.calls(2, .failure)
      #expect(bench.end(overhanging[0], outcome) == .late)
      #expect(bench.snapshot.openUntil == .milliseconds(1_000), "the wait is not extended")
      bench.at(1_000)
      let probe = try bench.admit()
      #expect(bench.end(overhanging[1], outcome) == .late)
      #expect(bench.snapshot.probes == 1)
      #expect(bench.end(probe, .success) == .closed(from: .halfOpen))
      try bench.call(.failure)
      #expect(bench.end(overhanging[2], outcome) == .late)
      #expect(bench.snapshot.run == 1)
      _ = bench.breaker.isolate(at: bench.now)
      #expect(bench.end(overhanging[3], outcome) == .late)
      #expect(bench.breaker.state == .isolated)
    }
  }

  @Test("B11: a probe that ends after the verdict of another is late")
  func probeAfterVerdict() throws {
    var bench = try opened(probes: 3, successes: 3)
    bench.at(1_000)
    let probes = try (0..<3).map { _ in try bench.admit() }
    #expect(bench.end(probes[0], .success) == nil)
    #expect(bench.end(probes[1], .failure) != nil)
    #expect(bench.end(probes[2], .failure) == .late)
    #expect(bench.snapshot.openUntil == .milliseconds(2_000))
  }

  @Test("B12: so many successes close, in however many rounds of probes")
  func successesClose() throws {
    var bench = try opened(probes: 2, successes: 5)
    bench.at(1_000)
    for _ in 0..<4 { #expect(try bench.call(.success) == nil) }
    #expect(try bench.call(.success) == .closed(from: .halfOpen))
  }

  @Test("B12: successes are as many as probes, when nothing else is said")
  func successesAsProbes() throws {
    var bench = try opened(probes: 2)
    bench.at(1_000)
    #expect(try bench.call(.success) == nil)
    #expect(try bench.call(.success) == .closed(from: .halfOpen))
  }

  @Test("B12: the first failure opens again, each time for longer, and without a cap when there is none")
  func growth() throws {
    var bench = try opened(factor: 2)
    var open = 1_000
    for _ in 0..<20 {
      bench.at(Int(bench.now.nanoseconds / 1_000_000) + open)
      open *= 2
      #expect(try bench.call(.failure) == .opened(from: .halfOpen, .probe, openTime: milliseconds(open)))
    }
  }

  @Test("B12: the open time never exceeds its cap, and starts anew once the breaker was closed")
  func cappedGrowth() throws {
    var bench = try opened(factor: 2, max: .seconds(3))
    var lasted: [UInt64] = []
    for _ in 0..<4 {
      bench.now = try #require(bench.snapshot.openUntil)
      guard case .opened(_, _, let openTime) = try bench.call(.failure) else { break }
      lasted.append(openTime)
    }
    #expect(lasted == [2_000, 3_000, 3_000, 3_000].map(milliseconds))
    bench.now = try #require(bench.snapshot.openUntil)
    try bench.call(.success)
    #expect(
      try bench.call(.failure)
        == .opened(from: .closed, .failures(inARow: 1, threshold: 1), openTime: milliseconds(1_000)))
  }

  @Test("B12: jitter takes at most its share off the open time", arguments: 1...20)
  func openJitter(_ seed: Int) throws {
    let bench = BreakerBench(
      CircuitBreakerSettings(failures: 1, open: .init(.seconds(1), jitter: .percent(20))), seed: UInt64(seed))
    guard case .opened(_, _, let openTime) = try bench.call(.failure) else {
      Issue.record("did not open")
      return
    }
    #expect((milliseconds(800)...milliseconds(1_000)).contains(openTime))
  }

  @Test("B14: a rejection carries reason and time; isolated has no time")
  func rejections() throws {
    var bench = try opened(lease: .milliseconds(250))
    bench.at(400)
    #expect(try bench.rejection() == BreakerRejection(reason: .open, retryAfter: milliseconds(600)))
    bench.at(1_000)
    _ = try bench.admit()
    #expect(try bench.rejection() == BreakerRejection(reason: .probing, retryAfter: milliseconds(250)))
    _ = bench.breaker.isolate(at: bench.now)
    #expect(try bench.rejection() == BreakerRejection(reason: .isolated, retryAfter: nil))
  }
}
