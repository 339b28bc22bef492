import ResilienceCore
import Testing

@Suite struct BreakerWindowTests {
  @Test("B4: a count window holds the last N calls", arguments: [1, 2, 63, 64, 65, 100, 10_000])
  func lastCalls(_ capacity: Int) {
    var counts = WindowCounts()
    var window = CountWindow(capacity: capacity)
    for _ in 0..<capacity { _ = window.record(failed: true, slow: false, in: &counts) }
    #expect(counts == WindowCounts(calls: capacity, failures: capacity, slow: 0))
    for kept in (0..<capacity).reversed() {
      _ = window.record(failed: false, slow: false, in: &counts)
      guard counts.failures == kept else { return #expect(counts.failures == kept) }
    }
    #expect(counts == WindowCounts(calls: capacity))
  }

  @Test("B4: a count window agrees with a list of the last calls", arguments: [UInt64(1), 2, 3])
  func agreesWithList(_ seed: UInt64) {
    let chance = Chance(seed: seed)
    let capacity = Int(chance.draw(1...150))
    var counts = WindowCounts()
    var window = CountWindow(capacity: capacity)
    var list: [(number: UInt64, failed: Bool, slow: Bool)] = []
    for _ in 0..<5_000 {
      if let pending = list.randomElement(chance), chance.draw(0...3) == 0 {
        window.fail(pending.number, in: &counts)
        for index in list.indices where list[index].number == pending.number { list[index].failed = true }
      }
      let (failed, slow) = (chance.draw(0...3) == 0, chance.draw(0...4) == 0)
      list.append((window.record(failed: failed, slow: slow, in: &counts), failed, slow))
      if list.count > capacity { list.removeFirst() }
      let expected = WindowCounts(
        calls: list.count, failures: list.count { $0.failed }, slow: list.count { $0.slow })
      guard counts == expected else { return #expect(counts == expected, "seed \(seed)") }
    }
  }

  @Test("B4: a record in a time window lives between 0.9 and 1.0 of the window")
  func lifetime() {
    for offset in [0, 1, 50, 99] {
      var counts = WindowCounts()
      var window = TimeWindow(bucket: milliseconds(100))
      _ = window.record(failed: true, slow: false, at: .milliseconds(5_000 + offset), in: &counts)
      window.advance(to: .milliseconds(5_000 + offset + 900), in: &counts)
      #expect(counts.failures == 1, "at 0.9 of the window, begun \(offset) ms into a bucket")
      window.advance(to: .milliseconds(5_000 + offset + 1_000), in: &counts)
      #expect(counts.failures == 0, "at the whole window, begun \(offset) ms into a bucket")
    }
  }

  @Test("B4: a time window agrees with a list of calls and their buckets", arguments: [UInt64(1), 2, 3, 4])
  func timeAgreesWithList(_ seed: UInt64) {
    let chance = Chance(seed: seed)
    let width = chance.draw(1...50)
    var counts = WindowCounts()
    var window = TimeWindow(bucket: width)
    var list: [(bucket: UInt64, failed: Bool, slow: Bool)] = []
    var now: UInt64 = 0
    var newest: UInt64 = 0
    for _ in 0..<5_000 {
      now += chance.draw(0...6) == 0 ? chance.draw(0...(width * 14)) : chance.draw(0...width)
      let instant = now - min(now, chance.draw(0...4) == 0 ? chance.draw(0...(width * 12)) : 0)
      let (failed, slow) = (chance.draw(0...3) == 0, chance.draw(0...4) == 0)
      _ = window.record(failed: failed, slow: slow, at: Instant(nanoseconds: instant), in: &counts)
      newest = max(newest, instant / width)
      list.append((instant / width, failed, slow))
      list.removeAll { $0.bucket + 10 <= newest }
      let expected = WindowCounts(
        calls: list.count, failures: list.count { $0.failed }, slow: list.count { $0.slow })
      guard counts == expected else { return #expect(counts == expected, "seed \(seed)") }
    }
  }

  @Test("B4: failures in the window need no minimum")
  func failuresInWindow() throws {
    let settings = CircuitBreakerSettings(failuresInWindow: 3, window: .calls(50), open: .init(.seconds(1)))
    let bench = BreakerBench(settings)
    try bench.call(.failure)
    try bench.call(.success)
    try bench.call(.failure)
    try bench.call(.success)
    #expect(
      try bench.call(.failure)
        == .opened(from: .closed, .failuresInWindow(failures: 3, threshold: 3), openTime: milliseconds(1_000)))
  }

  @Test("B4: failures that left a time window do not count")
  func failuresLeave() throws {
    var bench = BreakerBench(
      CircuitBreakerSettings(failuresInWindow: 2, window: .time(.seconds(1)), open: .init(.seconds(1))))
    try bench.call(.failure)
    bench.at(1_000)
    try bench.call(.failure)
    #expect(bench.breaker.state == .closed)
    bench.at(1_900)
    try bench.call(.failure)
    #expect(bench.breaker.state == .open)
  }

  @Test("B4: every transition empties window and run")
  func transitionsEmpty() throws {
    var bench = BreakerBench(
      CircuitBreakerSettings(
        failures: 3, failuresInWindow: 100, window: .calls(100), open: .init(.seconds(1)), halfOpen: .init()))
    try bench.calls(3, .failure)
    #expect(bench.snapshot.run == 0)
    #expect(bench.snapshot.window == WindowCounts())
    bench.at(1_000)
    try bench.call(.success)
    #expect(bench.breaker.state == .closed)
    #expect(bench.snapshot.run == 0)
    #expect(bench.snapshot.window == WindowCounts())
    try bench.calls(2, .failure)
    #expect(bench.breaker.state == .closed)
  }

  @Test("A window over calls is never larger than 10,000")
  func clamped() {
    let numbers = BreakerNumbers(
      CircuitBreakerSettings(failureRate: .one, window: .calls(.max), open: .init(.seconds(1))))
    #expect(numbers.windowPlan == .calls(10_000))
  }
}

extension Array {
  func randomElement(_ chance: Chance) -> Element? {
    isEmpty ? nil : self[Int(chance.draw(0...UInt64(count - 1)))]
  }
}
