import ResilienceCore
import Testing

@Suite struct BreakerRampTests {
  private static let settings = CircuitBreakerSettings(
    failures: 3, open: .init(.seconds(1), factor: 2),
    halfOpen: .init(probes: 1, ramp: [.percent(5), .percent(25), .percent(50)]))

  /// A breaker that has opened, and whose probe succeeds at 1 s.
  private func ramping(_ settings: CircuitBreakerSettings = settings, seed: UInt64 = 1) throws -> BreakerBench {
    var bench = BreakerBench(settings, seed: seed)
    try bench.calls(3, .failure)
    bench.at(1_000)
    #expect(try bench.call(.success) == .ramping(step: 1, of: settings.halfOpen.ramp.count, share: .percent(5)))
    return bench
  }

  /// How many of so many calls that begin now are let through; each succeeds.
  private func admitted(_ bench: BreakerBench, of count: Int) -> Int {
    (0..<count).count { _ in bench.tryAdmitSuccess() == nil }
  }

  @Test("B13: each step lets its share through, a draw for each call, for the open time just served")
  func shares() throws {
    var bench = try ramping()
    #expect((30...70).contains(admitted(bench, of: 1_000)))
    bench.at(1_999)
    #expect(bench.snapshot.share == .percent(5))
    bench.at(2_000)
    #expect(bench.ask().changes.map(\.change) == [.ramping(step: 2, of: 3, share: .percent(25))])
    #expect((200...300).contains(admitted(bench, of: 1_000)))
    bench.at(3_000)
    _ = bench.tryAdmitSuccess()
    #expect((450...550).contains(admitted(bench, of: 1_000)))
    #expect(bench.snapshot.state == .ramping)
    bench.at(4_000)
    let answer = bench.ask()
    #expect(answer.changes.map(\.change) == [.closed(from: .ramping)])
    #expect(answer.running != nil, "the call that ends the ramp is let through")
    #expect(admitted(bench, of: 1_000) == 1_000)
  }

  @Test("B13: the draws come from the seed")
  func seeded() throws {
    func draws(_ seed: UInt64) throws -> [Bool] {
      let bench = try ramping(seed: seed)
      return (0..<200).map { _ in bench.tryAdmitSuccess() == nil }
    }
    #expect(try draws(7) == draws(7))
    #expect(try draws(7) != draws(8))
  }

  @Test("B13: who is not drawn is told when the step is over")
  func rejection() throws {
    var bench = try ramping()
    bench.at(1_400)
    let rejection = try #require((0..<100).lazy.compactMap { _ in bench.tryAdmitSuccess() }.first)
    #expect(rejection == BreakerRejection(reason: .probing, retryAfter: milliseconds(600)))
  }

  @Test("B13: a step is over with the first call after its time, so a quiet time does not skip the others")
  func quiet() throws {
    var bench = try ramping()
    bench.at(3_600_000)
    #expect(bench.ask().changes.map(\.change) == [.ramping(step: 2, of: 3, share: .percent(25))])
    #expect(bench.ask().changes == [])
    bench.at(3_601_000)
    #expect(bench.ask().changes.map(\.change) == [.ramping(step: 3, of: 3, share: .percent(50))])
  }

  @Test("B13: a criterion that is reached at any step opens again, for the next longer time", arguments: 0...2)
  func breached(_ step: Int) throws {
    var bench = try ramping()
    for passed in 0..<step {
      bench.at(2_000 + passed * 1_000)
      _ = bench.tryAdmitSuccess()
    }
    var change: BreakerChange?
    var failures = 0
    while failures < 3 {
      guard let call = bench.tryAdmit().running else { continue }
      change = bench.end(call, .failure)
      failures += 1
    }
    #expect(
      change
        == .opened(from: .ramping, .failures(inARow: 3, threshold: 3), openTime: milliseconds(2_000)))
    bench.now = try #require(bench.snapshot.openUntil)
    try bench.call(.success)
    #expect(bench.snapshot.share == .percent(5), "the ramp begins anew")
    #expect(try rejected(bench).retryAfter == milliseconds(2_000), "each step for the open time just served")
  }

  private func rejected(_ bench: BreakerBench) throws -> BreakerRejection {
    try #require((0..<200).lazy.compactMap { _ in bench.tryAdmitSuccess() }.first)
  }

  @Test("B13: growth ends only when the breaker is closed")
  func growth() throws {
    var bench = try ramping()
    for expected in [2_000, 4_000, 8_000] {
      var change: BreakerChange?
      while bench.breaker.state == .ramping {
        if let call = bench.tryAdmit().running { change = bench.end(call, .failure) }
      }
      guard case .opened(_, _, let lasts) = change else {
        Issue.record("did not open")
        return
      }
      #expect(lasts == milliseconds(expected))
      bench.now = try #require(bench.snapshot.openUntil)
      try bench.call(.success)
    }
    for _ in 0..<4 {
      bench.now = bench.now.advanced(by: milliseconds(8_000))
      _ = bench.tryAdmitSuccess()
    }
    #expect(bench.breaker.state == .closed)
    let change = try bench.calls(3, .failure)
    #expect(change == .opened(from: .closed, .failures(inARow: 3, threshold: 3), openTime: milliseconds(1_000)))
  }

  @Test("B11: what a probe's generation or an earlier one brings is late while ramping")
  func late() throws {
    var bench = BreakerBench(Self.settings)
    let old = try bench.admit()
    try bench.calls(3, .failure)
    bench.at(1_000)
    try bench.call(.success)
    #expect(bench.end(old, .failure) == .late)
    #expect(bench.snapshot.run == 0)
  }

  @Test("B13: a reload that takes the ramp away closes with the next call; isolation ends it too")
  func changed() throws {
    let bench = try ramping()
    var settings = Self.settings
    settings.halfOpen.ramp = []
    bench.breaker.update(settings, at: bench.now)
    #expect(bench.ask().changes.map(\.change) == [.closed(from: .ramping)])

    let other = try ramping()
    #expect(other.breaker.isolate(at: other.now).map(\.change) == [.isolated(from: .ramping)])
    #expect(other.breaker.close(at: other.now).map(\.change) == [.closed(from: .isolated)])
  }

  @Test("B6: calls that hang while ramping open again at the moment they become slow")
  func slow() throws {
    var settings = Self.settings
    settings.halfOpen.ramp = [.one]
    settings.slowRate = .one
    settings.slowerThan = .milliseconds(100)
    settings.minimumCalls = 2
    var bench = BreakerBench(settings)
    try bench.calls(3, .failure)
    bench.at(1_000)
    try bench.call(.success)
    for _ in 0..<2 { _ = try bench.admit() }
    bench.at(1_500)
    guard case .opened(.ramping, .slowRate, let lasts) = bench.ask().changes.first?.change else {
      Issue.record("did not open")
      return
    }
    #expect(lasts == milliseconds(2_000))
  }
}
