import ResilienceCore
import Testing

/// Random schedules: whatever happens in whatever order, the promises hold.
@Suite struct BreakerScheduleTests {
  @Test(
    "B8, B9, B11, B16: in any schedule probes stay within their number, nothing leaks, and successes close",
    arguments: 1...120)
  func schedule(_ seed: Int) throws {
    let chance = Chance(seed: UInt64(seed))
    let settings = Self.anySettings(chance)
    var bench = BreakerBench(settings, seed: UInt64(seed))
    var running: [BreakerBench.Running] = []
    let numbers = BreakerNumbers(settings)
    for step in 0..<600 {
      bench.now = bench.now.advanced(by: Self.anyPause(chance))
      switch chance.draw(0...9) {
      case 0...3:
        let answer = bench.tryAdmit()
        if let call = answer.running { running.append(call) }
        if let rejection = answer.rejection { try Self.check(rejection, bench, "seed \(seed), step \(step)") }
      case 4...7:
        guard let call = Self.takeAny(&running, chance) else { continue }
        try Self.check(bench.end(call, Self.anyOutcome(chance)), call, bench, "seed \(seed), step \(step)")
      case 8:
        _ = bench.breaker.catchUp(at: bench.now)
      default:
        Self.byHand(bench, chance)
      }
      let snapshot = bench.snapshot
      try #require(snapshot.probes <= numbers.probes, "seed \(seed), step \(step)")
      try #require(snapshot.window.calls >= max(snapshot.window.failures, snapshot.window.slow))
      if snapshot.state != .halfOpen { try #require(snapshot.probes == 0) }
    }
    let wasClosed = bench.breaker.state == .closed
    try expectRecovery(bench, numbers, "seed \(seed)")
    guard !wasClosed else { return }
    for call in running { bench.end(call, .failure) }
    #expect(bench.breaker.state == .closed, "what hung until now is late: seed \(seed)")
  }

  /// From now on every call succeeds: the breaker is closed after its open time, a lease, and its successes.
  private func expectRecovery(_ start: BreakerBench, _ numbers: BreakerNumbers, _ place: Comment) throws {
    var bench = start
    if bench.breaker.state == .isolated { _ = bench.breaker.close(at: bench.now) }
    var rounds = 0
    while bench.breaker.state != .closed {
      rounds += 1
      try #require(rounds <= numbers.successes + 2, place)
      if let rejection = bench.tryAdmitSuccess() {
        bench.now = bench.now.advanced(by: try #require(rejection.retryAfter, place))
      }
    }
  }

  private static func check(_ rejection: BreakerRejection, _ bench: BreakerBench, _ place: Comment) throws {
    let snapshot = bench.snapshot
    switch rejection.reason {
    case .open:
      let until = try #require(snapshot.openUntil, place)
      try #require(rejection.retryAfter == bench.now.nanoseconds(to: until), place)
      try #require(until > bench.now, place)
    case .probing:
      try #require(snapshot.state == .halfOpen && rejection.retryAfter ?? 0 > 0, place)
    case .isolated:
      try #require(snapshot.state == .isolated && rejection.retryAfter == nil, place)
    }
  }

  private static func check(
    _ change: BreakerChange?, _ call: BreakerBench.Running, _ bench: BreakerBench, _ place: Comment
  ) throws {
    switch change {
    case .opened(let from, let cause, _):
      try #require((cause == .probe) == (from == .halfOpen), place)
      try #require(bench.breaker.state == .open, place)
    case .closed(let from):
      try #require(from == .halfOpen && call.isProbe, place)
    case .ramping(let step, _, _):
      try #require(step == 1 && call.isProbe, place)
    case .late, nil:
      break
    default:
      Issue.record("a result made a \(String(describing: change))")
    }
  }

  private static func byHand(_ bench: BreakerBench, _ chance: Chance) {
    switch chance.draw(0...11) {
    case 0: _ = bench.breaker.isolate(at: bench.now)
    case 1...2: _ = bench.breaker.close(at: bench.now)
    case 3: _ = bench.breaker.reset(at: bench.now)
    default: break
    }
  }

  private static func takeAny(_ running: inout [BreakerBench.Running], _ chance: Chance) -> BreakerBench.Running? {
    guard !running.isEmpty else { return nil }
    return running.remove(at: Int(chance.draw(0...UInt64(running.count - 1))))
  }

  private static func anyOutcome(_ chance: Chance) -> Outcome {
    switch chance.draw(0...9) {
    case 0...2: .success
    case 3...6: .failure
    case 7: .failure(.timeout)
    case 8: .ignored([.rejected])
    default: .cancelled
    }
  }

  private static func anyPause(_ chance: Chance) -> UInt64 {
    chance.draw(0...19) == 0 ? chance.draw(0...3_000_000_000) : chance.draw(0...60_000_000)
  }

  private static func anySettings(_ chance: Chance) -> CircuitBreakerSettings {
    func maybe<Value>(_ value: @autoclosure () -> Value) -> Value? { chance.draw(0...1) == 0 ? value() : nil }
    func share() -> Ratio { Ratio(partsPerMillion: UInt32(chance.draw(100_000...1_000_000))) }
    func time(_ most: UInt64) -> Duration { Duration(nanoseconds: chance.draw(1...most) * 1_000_000) }
    let size = Int(chance.draw(2...40))
    return CircuitBreakerSettings(
      failures: maybe(Int(chance.draw(1...5))), failureRate: maybe(share()), slowRate: maybe(share()),
      slowerThan: .milliseconds(50), failuresInWindow: maybe(Int(chance.draw(1...10))),
      window: chance.draw(0...1) == 0 ? .calls(size) : .time(time(3_000)),
      minimumCalls: maybe(Int(chance.draw(1...UInt64(size)))),
      open: .init(
        time(500), factor: 1 + Double(chance.draw(0...200)) / 100, max: maybe(time(5_000)),
        jitter: maybe(share()) ?? .zero),
      halfOpen: .init(
        probes: Int(chance.draw(1...4)), successes: maybe(Int(chance.draw(1...6))), lease: maybe(time(400))))
  }

  @Test("Settings and instants that make no sense never trap", arguments: 1...60)
  func absurd(_ seed: Int) {
    let chance = Chance(seed: UInt64(seed))
    var bench = BreakerBench(Self.absurdSettings(chance), seed: UInt64(seed))
    var running: [BreakerBench.Running] = []
    for _ in 0..<400 {
      bench.now = Instant(nanoseconds: Self.absurdNumber(chance))
      switch chance.draw(0...5) {
      case 0...1:
        if let call = bench.tryAdmit().running { running.append(call) }
      case 2...3:
        if let call = Self.takeAny(&running, chance) { bench.end(call, Self.anyOutcome(chance)) }
      case 4:
        _ = bench.breaker.catchUp(at: bench.now)
      default:
        if chance.draw(0...3) == 0 { bench.breaker.update(Self.absurdSettings(chance), at: bench.now) }
        Self.byHand(bench, chance)
      }
      _ = bench.snapshot
    }
  }

  private static func absurdNumber(_ chance: Chance) -> UInt64 {
    [0, 1, 2, 9, 10, 1 << 31, 1 << 32, 1 << 62, 1 << 63, .max - 1, .max, chance.next()][Int(chance.draw(0...11))]
  }

  private static func absurdSettings(_ chance: Chance) -> CircuitBreakerSettings {
    func count() -> Int { [Int.min, -1, 0, 1, 2, 20, 10_000, 10_001, .max][Int(chance.draw(0...8))] }
    func time() -> Duration {
      [.seconds(Int64.min), .seconds(-1), .zero, .nanoseconds(1), .seconds(1), .seconds(Int64.max)][
        Int(chance.draw(0...5))]
    }
    func maybe<Value>(_ value: @autoclosure () -> Value) -> Value? { chance.draw(0...1) == 0 ? value() : nil }
    func share() -> Ratio { [.zero, .one, Ratio(partsPerMillion: 1)][Int(chance.draw(0...2))] }
    let factors = [Double.nan, -.infinity, -1, 0, 1, 1.5, 1e300, .infinity]
    return CircuitBreakerSettings(
      failures: maybe(count()), failureRate: maybe(share()), slowRate: maybe(share()), slowerThan: maybe(time()),
      failuresInWindow: maybe(count()), window: chance.draw(0...1) == 0 ? .calls(count()) : .time(time()),
      minimumCalls: maybe(count()),
      open: .init(time(), factor: factors[Int(chance.draw(0...7))], max: maybe(time()), jitter: share()),
      halfOpen: .init(probes: count(), successes: maybe(count()), lease: maybe(time())),
      handle: FailureClasses(rawValue: chance.draw(0...1) == 0 ? 0 : .max))
  }
}

extension BreakerBench {
  /// A call that succeeds at once, unless it is turned away.
  func tryAdmitSuccess() -> BreakerRejection? {
    let answer = tryAdmit()
    if let call = answer.running { end(call, .success) }
    return answer.rejection
  }
}
