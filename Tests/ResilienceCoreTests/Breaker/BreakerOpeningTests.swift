import ResilienceCore
import Testing

@Suite struct BreakerOpeningTests {
  @Test("B1: the n-th failure in a row opens, and not the one before")
  func consecutive() throws {
    let bench = BreakerBench(CircuitBreakerSettings(failures: 3, open: .seconds(1)))
    #expect(try bench.calls(2, .failure) == nil)
    #expect(bench.breaker.state == .closed)
    let opened = BreakerChange.opened(
      from: .closed, .failures(inARow: 3, threshold: 3), openTime: milliseconds(1_000))
    #expect(try bench.call(.failure) == opened)
    #expect(bench.breaker.state == .open)
  }

  @Test("A fresh breaker opens with the fewest calls that its numbers say, and never with fewer", arguments: 1...100)
  func fewestCalls(_ seed: UInt64) throws {
    let chance = Chance(seed: seed)
    func drawn<Value>(_ value: @autoclosure () -> Value) -> Value? { chance.draw(0...1) == 0 ? nil : value() }
    let settings = CircuitBreakerSettings(
      failures: drawn(Int(chance.draw(1...9))), failureRate: drawn(.percent(Double(chance.draw(1...100)))),
      failuresInWindow: drawn(Int(chance.draw(1...9))),
      window: chance.draw(0...1) == 0 ? .calls(Int(chance.draw(9...20))) : .time(.seconds(10)),
      minimumCalls: drawn(Int(chance.draw(1...9))), open: .init(.seconds(1)))
    let fewest = BreakerNumbers(settings).fewestCallsToOpen
    let bench = BreakerBench(settings)
    try bench.calls(min(fewest - 1, 200), .failure)
    #expect(bench.breaker.state == .closed, "seed \(seed): \(settings)")
    guard fewest < .max else { return }
    try bench.call(.failure)
    #expect(bench.breaker.state == .open, "seed \(seed): \(settings)")
  }

  @Test("B1: a success sets the run to zero")
  func successResets() throws {
    let bench = BreakerBench(CircuitBreakerSettings(failures: 3, open: .seconds(1)))
    try bench.calls(2, .failure)
    try bench.call(.success)
    try bench.calls(2, .failure)
    #expect(bench.breaker.state == .closed)
    #expect(bench.snapshot.run == 2)
  }

  @Test("B1: ignored and cancelled calls leave the run", arguments: [Outcome.ignored([.rejected]), .cancelled])
  func ignoredLeaves(_ outcome: Outcome) throws {
    let bench = BreakerBench(CircuitBreakerSettings(failures: 3, open: .seconds(1)))
    try bench.calls(2, .failure)
    try bench.calls(5, outcome)
    #expect(bench.snapshot.run == 2)
    try bench.call(.failure)
    #expect(bench.breaker.state == .open)
  }

  @Test("A class outside handle is a success to the breaker: the callee answered")
  func outsideHandle() throws {
    let settings = CircuitBreakerSettings(failures: 2, open: .init(.seconds(1)), handle: [.timeout])
    let bench = BreakerBench(settings)
    try bench.call(.failure(.timeout))
    try bench.call(.failure(.other))
    #expect(bench.snapshot.run == 0)
    try bench.calls(2, .failure([.timeout, .defined(0)]))
    #expect(bench.breaker.state == .open)
  }

  @Test("B2: a rate exactly at its threshold opens, and one just below does not")
  func atThreshold() throws {
    let settings = CircuitBreakerSettings(
      failureRate: .percent(50), window: .calls(10), minimumCalls: 4, open: .init(.seconds(1)))
    let bench = BreakerBench(settings)
    try bench.calls(2, .success)
    try bench.call(.failure)
    #expect(bench.breaker.state == .closed)
    #expect(
      try bench.call(.failure)
        == .opened(
          from: .closed, .failureRate(failures: 2, calls: 4, threshold: .percent(50)), openTime: milliseconds(1_000)))

    let below = BreakerBench(settings)
    try below.calls(3, .success)
    try below.calls(2, .failure)
    #expect(below.breaker.state == .closed)
  }

  @Test("B2: the threshold is a whole-number comparison, for a share that no floating point number hits")
  func oneThird() throws {
    let third = Ratio(partsPerMillion: 333_333)
    let bench = BreakerBench(
      CircuitBreakerSettings(failureRate: third, window: .calls(3), minimumCalls: 3, open: .init(.seconds(1))))
    try bench.calls(2, .success)
    try bench.call(.failure)
    #expect(bench.breaker.state == .open)
  }

  @Test("B3: no rate is judged before the minimum, and the record that reaches it may be a success")
  func minimumReachedBySuccess() throws {
    let bench = BreakerBench(
      CircuitBreakerSettings(failureRate: .percent(50), window: .calls(10), minimumCalls: 5, open: .init(.seconds(1))))
    try bench.calls(4, .failure)
    #expect(bench.breaker.state == .closed)
    try bench.call(.success)
    #expect(bench.breaker.state == .open)
  }

  @Test("B3: the minimum is 20 calls, or the window if that is smaller", arguments: [(5, 5), (20, 20), (100, 20)])
  func defaultMinimum(_ window: Int, _ minimum: Int) throws {
    let bench = BreakerBench(
      CircuitBreakerSettings(failureRate: .one, window: .calls(window), open: .init(.seconds(1))))
    try bench.calls(minimum - 1, .failure)
    #expect(bench.breaker.state == .closed)
    try bench.call(.failure)
    #expect(bench.breaker.state == .open)
  }

  @Test("B5: a minimum above the window is not lowered: such a rate is never judged")
  func minimumAboveWindow() throws {
    let bench = BreakerBench(
      CircuitBreakerSettings(failureRate: .percent(1), window: .calls(5), minimumCalls: 6, open: .init(.seconds(1))))
    try bench.calls(50, .failure)
    #expect(bench.breaker.state == .closed)
  }

  @Test("A rate of zero opens as soon as the minimum is there, however healthy the calls")
  func rateOfZero() throws {
    let bench = BreakerBench(
      CircuitBreakerSettings(failureRate: .zero, window: .calls(4), minimumCalls: 4, open: .init(.seconds(1))))
    try bench.calls(3, .success)
    #expect(bench.breaker.state == .closed)
    try bench.call(.success)
    #expect(bench.breaker.state == .open)
  }
}
