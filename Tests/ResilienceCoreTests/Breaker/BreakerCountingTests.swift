import Testing

@testable import ResilienceCore

/// Successes in a window of time, which are counted beside the machine.
@Suite struct BreakerCountingTests {
  private static let hour = CircuitBreakerSettings(
    failureRate: .percent(50), window: .time(.seconds(36_000)), minimumCalls: 10, open: .init(.seconds(1)))

  private static func breaker(_ settings: CircuitBreakerSettings = hour) -> CircuitBreaker {
    CircuitBreaker("db", settings, chance: Chance(seed: 1))
  }

  private static func fail(_ breaker: CircuitBreaker, at now: Instant) -> [BreakerChange] {
    guard case .admit(let permit, _) = breaker.admit(at: now) else { return [] }
    return breaker.record(permit, .failure, started: now, ended: now).map(\.change)
  }

  @Test("Successes that are counted together are all in the window, whoever looks")
  func nothingIsLost() {
    let breaker = Self.breaker()
    let now = Instant.milliseconds(5)
    for number in 1...1_000 {
      #expect(breaker.countInSummary(breaker.passivePermit, at: now))
      if number.isMultiple(of: 100) {
        #expect(breaker.state(at: now).window == WindowCounts(calls: number))
      }
    }
  }

  @Test("B3: with failures in the window, successes are counted together once the minimum is reached, and not before")
  func belowTheMinimum() {
    let breaker = Self.breaker()
    let now = Instant.milliseconds(5)
    _ = Self.fail(breaker, at: now)
    let permit = breaker.passivePermit
    #expect(!breaker.countInSummary(permit, at: now), "one failure in a row")
    for _ in 0..<9 {
      #expect(!breaker.countInSummary(permit, at: now))
      guard case .admit(let permit, _) = breaker.admit(at: now) else { return #expect(Bool(false)) }
      #expect(breaker.record(permit, .success, started: now, ended: now).isEmpty)
    }
    #expect(breaker.countInSummary(permit, at: now))
    #expect(breaker.state(at: now).window == WindowCounts(calls: 11, failures: 1))
  }

  @Test("B2: successes that were counted together are judged with the failure that comes after them")
  func judged() {
    let breaker = Self.breaker()
    let now = Instant.milliseconds(5)
    for _ in 0..<10 { _ = breaker.countInSummary(breaker.passivePermit, at: now) }
    for failures in 1..<10 { #expect(Self.fail(breaker, at: now).isEmpty, "\(failures)") }
    #expect(
      Self.fail(breaker, at: now)
        == [
          .opened(
            from: .closed, .failureRate(failures: 10, calls: 20, threshold: .percent(50)), openTime: milliseconds(1_000)
          )
        ])
  }

  @Test("B4: a success after the end of the bucket goes into the next one")
  func buckets() {
    let breaker = Self.breaker(
      CircuitBreakerSettings(failureRate: .percent(50), window: .time(.seconds(1)), open: .init(.seconds(1))))
    _ = breaker.state(at: .milliseconds(0))
    #expect(breaker.countInSummary(breaker.passivePermit, at: .milliseconds(99)))
    #expect(!breaker.countInSummary(breaker.passivePermit, at: .milliseconds(100)))
    #expect(breaker.countPassively(breaker.passivePermit, at: .milliseconds(100)))
    #expect(breaker.countInSummary(breaker.passivePermit, at: .milliseconds(199)))
    #expect(breaker.state(at: .milliseconds(999)).window == WindowCounts(calls: 3))
    #expect(breaker.state(at: .milliseconds(1_000)).window == WindowCounts(calls: 2))
    #expect(breaker.state(at: .milliseconds(1_100)).window == WindowCounts())
  }

  @Test("B11: a success of an older generation is not counted")
  func olderGeneration() {
    let breaker = Self.breaker()
    let permit = breaker.passivePermit
    _ = breaker.isolate(at: .milliseconds(1))
    #expect(!breaker.countInSummary(permit, at: .milliseconds(1)))
    _ = breaker.close(at: .milliseconds(2))
    #expect(!breaker.countInSummary(permit, at: .milliseconds(2)))
    #expect(breaker.countInSummary(breaker.passivePermit, at: .milliseconds(2)))
  }

  @Test("After settings that the window breaches, the next success opens and is not only counted")
  func stricterSettings() {
    var settings = Self.hour
    let breaker = Self.breaker()
    let now = Instant.milliseconds(5)
    for _ in 0..<18 { _ = breaker.countInSummary(breaker.passivePermit, at: now) }
    for _ in 0..<2 { _ = Self.fail(breaker, at: now) }
    guard case .admit(let permit, _) = breaker.admit(at: now) else { return #expect(Bool(false)) }
    _ = breaker.record(permit, .success, started: now, ended: now)
    #expect(breaker.countInSummary(breaker.passivePermit, at: now))
    settings.failuresInWindow = 2
    breaker.update(settings, at: now)
    #expect(!breaker.countInSummary(breaker.passivePermit, at: now))
  }

  @Test("The word is full after 2²⁰ − 1 successes: the next one takes the mutex, and none is lost")
  func full() {
    let breaker = Self.breaker()
    let now = Instant.milliseconds(5)
    var refused = 0
    for _ in 0..<(1 << 20) {
      if breaker.countInSummary(breaker.passivePermit, at: now) { continue }
      refused += 1
      #expect(breaker.countPassively(breaker.passivePermit, at: now))
    }
    #expect(refused == 1)
    #expect(breaker.state(at: now).window == WindowCounts(calls: 1 << 20))
  }

  @Test("Successes and failures of many threads are each counted once, while others look")
  func threads() async {
    for round in 0..<20 {
      let breaker = Self.breaker()
      let now = Instant.milliseconds(5)
      for _ in 0..<1_000 { _ = breaker.countPassively(breaker.passivePermit, at: now) }
      let long = SharedCount()
      await onWorkers { worker in
        for step in 0..<1_000 {
          if step % 100 == worker {
            _ = Self.fail(breaker, at: now)
          } else if step % 50 == worker {
            _ = breaker.state(at: now)
          } else if !breaker.countPassively(breaker.passivePermit, at: now) {
            guard case .admit(let permit, _) = breaker.admit(at: now) else { continue }
            _ = breaker.record(permit, .success, started: now, ended: now)
            long.add()
          }
        }
      }
      let looks = 4 * (1_000 / 50 - 1_000 / 100)
      #expect(
        breaker.state(at: now).window == WindowCounts(calls: 5_000 - looks, failures: 40),
        "round \(round), \(long.value) on the long way")
    }
  }

  @Test("No success is lost or counted twice while others look at the window all the time")
  func looks() async {
    let breaker = Self.breaker()
    let now = Instant.milliseconds(5)
    await onWorkers { worker in
      for _ in 0..<50_000 {
        if worker.isMultiple(of: 2) {
          _ = breaker.countPassively(breaker.passivePermit, at: now)
        } else {
          _ = breaker.state(at: now)
        }
      }
    }
    #expect(breaker.state(at: now).window == WindowCounts(calls: 100_000))
  }
}
