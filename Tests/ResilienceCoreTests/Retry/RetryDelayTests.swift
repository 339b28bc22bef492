import ResilienceCore
import Testing

@Suite struct RetryDelayTests {
  private let chance = Chance(seed: 1)

  private func delays(_ backoff: RetrySettings.Backoff, _ attempts: ClosedRange<Int>) -> [UInt64] {
    let policy = RetryPolicy(RetrySettings(attempts: 10, backoff: backoff, jitter: .none))
    return attempts.map { policy.delay(beforeAttempt: $0, previous: 0, chance: chance) }
  }

  private func policy(_ jitter: RetrySettings.Jitter, max: Duration = .seconds(10)) -> RetryPolicy {
    RetryPolicy(
      RetrySettings(
        attempts: 10, backoff: .exponential(initial: .milliseconds(100), factor: 2, max: max), jitter: jitter))
  }

  @Test("R1: exponential: 0, 100, 200, 400, 800, 1600 ms before attempts 1 to 6")
  func exponential() {
    let backoff = RetrySettings.Backoff.exponential(initial: .milliseconds(100), factor: 2, max: .seconds(10))
    #expect(delays(backoff, 1...6) == [0, 100, 200, 400, 800, 1_600].map(milliseconds))
  }

  @Test("R1: exponential never exceeds its cap")
  func exponentialCap() {
    let backoff = RetrySettings.Backoff.exponential(initial: .milliseconds(100), factor: 3, max: .seconds(1))
    #expect(delays(backoff, 2...6) == [100, 300, 900, 1_000, 1_000].map(milliseconds))
  }

  @Test("R1: a factor that is no whole number is rounded to the nearest nanosecond")
  func fraction() {
    let backoff = RetrySettings.Backoff.exponential(initial: .nanoseconds(3), factor: 1.5, max: .seconds(1))
    #expect(delays(backoff, 2...5) == [3, 5, 7, 10])
  }

  @Test("R1: linear: initial + step for each further attempt, never above the cap")
  func linear() {
    let backoff = RetrySettings.Backoff.linear(
      initial: .milliseconds(100), step: .milliseconds(50), max: .milliseconds(220))
    #expect(delays(backoff, 1...6) == [0, 100, 150, 200, 220, 220].map(milliseconds))
  }

  @Test("R1: constant and none")
  func constant() {
    #expect(delays(.constant(.milliseconds(70)), 1...4) == [0, 70, 70, 70].map(milliseconds))
    #expect(delays(.none, 1...4) == [0, 0, 0, 0])
  }

  @Test("R2: full jitter is between zero and the wait, and comes near both ends")
  func full() {
    let draws = (0..<2_000).map { _ in policy(.full).delay(beforeAttempt: 4, previous: 0, chance: chance) }
    #expect(draws.allSatisfy { (0...milliseconds(400)).contains($0) })
    #expect(draws.contains { $0 < milliseconds(20) })
    #expect(draws.contains { $0 > milliseconds(380) })
  }

  @Test("R2: equal jitter is between half the wait and the wait")
  func equal() {
    let draws = (0..<2_000).map { _ in policy(.equal).delay(beforeAttempt: 4, previous: 0, chance: chance) }
    #expect(draws.allSatisfy { (milliseconds(200)...milliseconds(400)).contains($0) })
    #expect(draws.contains { $0 < milliseconds(210) })
    #expect(draws.contains { $0 > milliseconds(390) })
  }

  @Test("R2: a share is taken off at most")
  func share() {
    let draws = (0..<2_000).map { _ in
      policy(.share(.percent(25))).delay(beforeAttempt: 4, previous: 0, chance: chance)
    }
    #expect(draws.allSatisfy { (milliseconds(300)...milliseconds(400)).contains($0) })
    #expect(draws.contains { $0 < milliseconds(305) })
  }

  @Test("R2: decorrelated is between the first wait and three times the wait before, below the cap")
  func decorrelated() {
    let policy = policy(.decorrelated, max: .milliseconds(900))
    for (previous, top) in [(0, 300), (100, 300), (200, 600), (250, 750), (900, 900), (5_000, 900)] {
      let draws = (0..<500).map { _ in
        policy.delay(beforeAttempt: 3, previous: milliseconds(previous), chance: chance)
      }
      #expect(draws.allSatisfy { (milliseconds(100)...milliseconds(top)).contains($0) }, "after \(previous) ms")
      #expect(draws.contains { $0 > milliseconds(top * 9 / 10) }, "after \(previous) ms")
    }
  }

  @Test("R2: callers at the cap stay spread, because the draw is below the capped wait")
  func spreadAtCap() {
    let policy = policy(.full, max: .seconds(1))
    let draws = Set((0..<100).map { _ in policy.delay(beforeAttempt: 5_000, previous: 0, chance: chance) })
    #expect(draws.count > 95)
  }

  @Test("R3: for attempts 1 to 10,000 and any parameters the wait is between zero and the cap", arguments: 1...12)
  func bounded(_ seed: Int) {
    let chance = Chance(seed: UInt64(seed))
    let (backoff, cap) = anyBackoff(chance)
    let jitters: [RetrySettings.Jitter] = [
      .none, .full, .equal, .decorrelated, .share(Ratio(partsPerMillion: UInt32(chance.draw(0...1_000_000)))),
    ]
    for jitter in jitters {
      let policy = RetryPolicy(RetrySettings(attempts: .max, backoff: backoff, jitter: jitter))
      var previous: UInt64 = 0
      for attempt in 1...10_000 {
        previous = policy.delay(beforeAttempt: attempt, previous: previous, chance: chance)
        guard previous <= cap else {
          return #expect(previous <= cap, "seed \(seed), \(backoff), \(jitter), \(attempt)")
        }
      }
    }
  }

  @Test("R3: attempts and factors that make no sense still give a wait within the cap")
  func absurd() {
    let cap = Duration.seconds(5)
    for factor in [Double.nan, .infinity, -.infinity, -2, 0, 0.5, .greatestFiniteMagnitude, .leastNonzeroMagnitude] {
      for initial in [Duration.zero, .nanoseconds(1), .seconds(-3), .seconds(Int64.max)] {
        let policy = RetryPolicy(
          RetrySettings(attempts: 3, backoff: .exponential(initial: initial, factor: factor, max: cap), jitter: .full))
        for attempt in [Int.min, -1, 0, 1, 2, 3, 64, 1_000_000, .max] {
          #expect(policy.delay(beforeAttempt: attempt, previous: .max, chance: chance) <= cap.nanoseconds)
        }
      }
    }
  }

  /// Legal parameters from nanoseconds to the end of what a duration can say.
  private func anyBackoff(_ chance: Chance) -> (RetrySettings.Backoff, cap: UInt64) {
    func duration() -> Duration { Duration(nanoseconds: chance.next() >> chance.draw(1...63)) }
    let initial = duration()
    let max = max(initial, duration())
    switch chance.draw(0...2) {
    case 0: return (.constant(initial), initial.nanoseconds)
    case 1: return (.linear(initial: initial, step: duration(), max: max), max.nanoseconds)
    default:
      let factor = 1 + Double(chance.draw(0...10_000)) / Double(chance.draw(1...1_000))
      return (.exponential(initial: initial, factor: factor, max: max), max.nanoseconds)
    }
  }
}
