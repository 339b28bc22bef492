import ResilienceCore
import Testing

@Suite struct RateLimiterTests {
  private func limiter(_ count: Int, burst: Int = 1, wait: Duration? = nil) -> RateLimiter {
    RateLimiter(
      "partner", RateLimiterSettings(rate: Rate(count, per: .seconds(1)), burst: burst, wait: wait))
  }

  private func acquire(_ limiter: RateLimiter, _ now: Int, deadline: Int? = nil) -> RateLimiterEntry {
    limiter.acquire(at: .milliseconds(now), waitingAtMostUntil: deadline.map { .milliseconds($0) })
  }

  @Test("L1: a new limiter starts full", arguments: [0, 5, 1_000_000])
  func startsFull(_ now: Int) {
    let limiter = limiter(10, burst: 3)
    for _ in 0..<3 { #expect(acquire(limiter, now) == .admitted) }
    #expect(acquire(limiter, now) == .limited(retryAfter: milliseconds(100)))
  }

  @Test("L1: slots come at an even rate, and one that comes at the instant is there")
  func evenRate() {
    let limiter = limiter(10)
    #expect(acquire(limiter, 0) == .admitted)
    #expect(acquire(limiter, 99) == .limited(retryAfter: milliseconds(1)))
    #expect(acquire(limiter, 100) == .admitted)
    #expect(acquire(limiter, 150) == .limited(retryAfter: milliseconds(50)))
    #expect(acquire(limiter, 200) == .admitted)
  }

  @Test("L1: a quiet time fills the burst and no more")
  func quietTime() {
    let limiter = limiter(10, burst: 3)
    for _ in 0..<3 { _ = acquire(limiter, 0) }
    for _ in 0..<3 { #expect(acquire(limiter, 3_600_000) == .admitted) }
    #expect(acquire(limiter, 3_600_000) == .limited(retryAfter: milliseconds(100)))
  }

  @Test("L1: a wait gives slots one after the other")
  func slots() {
    let limiter = limiter(10, wait: .milliseconds(250))
    #expect(acquire(limiter, 0) == .admitted)
    #expect(acquire(limiter, 0) == .wait(until: .milliseconds(100)))
    #expect(acquire(limiter, 50) == .wait(until: .milliseconds(200)))
  }

  @Test("L1: a wait that cannot be enough rejects at once, and takes no slot")
  func notEnough() {
    let limiter = limiter(10, wait: .milliseconds(199))
    _ = acquire(limiter, 0)
    #expect(acquire(limiter, 0) == .wait(until: .milliseconds(100)))
    for _ in 0..<5 { #expect(acquire(limiter, 0) == .limited(retryAfter: milliseconds(200))) }
    #expect(acquire(limiter, 1) == .wait(until: .milliseconds(200)), "exactly enough")
  }

  @Test("L1: a slot at the deadline or after it comes too late")
  func deadline() {
    let limiter = limiter(10, wait: .seconds(5))
    _ = acquire(limiter, 0)
    #expect(acquire(limiter, 0, deadline: 100) == .limited(retryAfter: milliseconds(100)))
    #expect(acquire(limiter, 0, deadline: 101) == .wait(until: .milliseconds(100)))
  }

  @Test("L1: a waiter that gives up does not return its slot")
  func givesUp() {
    let limiter = limiter(10, wait: .milliseconds(100))
    _ = acquire(limiter, 0)
    #expect(acquire(limiter, 0) == .wait(until: .milliseconds(100)))
    #expect(acquire(limiter, 100) == .wait(until: .milliseconds(200)), "the slot at 100 ms is gone")
  }

  @Test("L1: in no interval more than burst + rate · t are admitted", arguments: 1...30)
  func bounded(_ seed: Int) {
    let chance = Chance(seed: UInt64(seed))
    let rate = Rate(Int(chance.draw(1...500)), per: Duration(nanoseconds: chance.draw(1...5_000)))
    let burst = Int(chance.draw(1...20))
    let wait = chance.draw(0...1) == 0 ? nil : Duration(nanoseconds: chance.draw(1...2_000))
    let limiter = RateLimiter("partner", RateLimiterSettings(rate: rate, burst: burst, wait: wait))
    var now: UInt64 = 0
    var starts: [UInt64] = []
    for _ in 0..<500 {
      now += chance.draw(0...9) == 0 ? chance.draw(0...20_000) : chance.draw(0...20)
      switch limiter.acquire(at: Instant(nanoseconds: now), waitingAtMostUntil: nil) {
      case .admitted: starts.append(now)
      case .wait(let slot): starts.append(slot.nanoseconds)
      case .limited: break
      }
    }
    starts.sort()
    for first in starts.indices {
      for last in starts[first...].indices {
        // count ≤ burst + rate · t, in whole numbers.
        let extra = UInt64(max(last - first + 1 - burst, 0))
        let holds = extra * rate.period.nanoseconds <= UInt64(rate.count) * (starts[last] - starts[first])
        guard holds else { return #expect(holds, "seed \(seed), from \(starts[first]) to \(starts[last])") }
      }
    }
    #expect(!starts.isEmpty)
  }

  @Test("Reload, limiter numbers: the slots that are left stay, up to the new burst, and none is free")
  func numbersChanged() {
    for (used, newBurst, expected) in [(1, 10, 3), (1, 2, 2), (4, 10, 0), (0, 10, 4), (0, 3, 3)] {
      let limiter = limiter(10, burst: 4)
      for _ in 0..<used { _ = acquire(limiter, 1_000) }
      limiter.update(
        RateLimiterSettings(rate: Rate(20, per: .seconds(1)), burst: newBurst), at: .milliseconds(1_000))
      var admitted = 0
      while acquire(limiter, 1_000) == .admitted { admitted += 1 }
      #expect(admitted == expected, "\(used) of 4 used, then a burst of \(newBurst)")
    }
  }

  @Test("Reload, limiter numbers: the new rate holds at once")
  func newRate() {
    let limiter = limiter(10, burst: 1)
    _ = acquire(limiter, 0)
    limiter.update(RateLimiterSettings(rate: Rate(1, per: .seconds(1)), burst: 1), at: .milliseconds(0))
    #expect(acquire(limiter, 0) == .limited(retryAfter: milliseconds(1_000)))
    #expect(acquire(limiter, 999) == .limited(retryAfter: milliseconds(1)))
    #expect(acquire(limiter, 1_000) == .admitted)
  }

  @Test("Reload, limiter numbers: slots that were given in advance stay given")
  func debt() {
    let limiter = limiter(10, wait: .seconds(10))
    for _ in 0..<4 { _ = acquire(limiter, 0) }
    limiter.update(
      RateLimiterSettings(rate: Rate(20, per: .seconds(1)), burst: 1, wait: .seconds(10)), at: .milliseconds(0))
    #expect(acquire(limiter, 0) == .wait(until: .milliseconds(200)))
  }

  @Test("Reload, limiter scope changed: fresh and half full", arguments: [(4, 2), (10, 5), (1, 0), (5, 2)])
  func halfFull(_ burst: Int, _ expected: Int) {
    let limiter = RateLimiter(
      "partner", RateLimiterSettings(rate: Rate(10, per: .seconds(1)), burst: burst), halfFull: true,
      at: .milliseconds(5_000))
    var admitted = 0
    while acquire(limiter, 5_000) == .admitted { admitted += 1 }
    #expect(admitted == expected)
  }

  @Test("Reload, limiter removed: its waiters are released")
  func released() {
    let limiter = limiter(1, wait: .seconds(10))
    let log = Log()
    let waiters = (0..<4).map { number in Waiter { log.add(number) } }
    for waiter in waiters { limiter.enlist(waiter) }
    limiter.withdraw(waiters[0])
    #expect(waiters[2].giveUp())
    limiter.releaseWaiters()
    #expect(log.numbers == [1, 3])
  }

  @Test("Settings and instants that make no sense neither trap nor admit too many")
  func absurd() {
    for count in [Int.min, 0, 1, Int.max] {
      for period in [Duration.zero, .seconds(-1), .nanoseconds(1), .seconds(Int64.max)] {
        for burst in [Int.min, 0, 1, 3, Int.max] {
          let settings = RateLimiterSettings(rate: Rate(count, per: period), burst: burst, wait: .seconds(Int64.max))
          let limiter = RateLimiter("partner", settings, halfFull: true, at: .distantFuture)
          for now in [UInt64.max, 0, 1, 1 << 62, 1 << 63, .max - 1, .max] {
            _ = limiter.acquire(at: Instant(nanoseconds: now), waitingAtMostUntil: nil)
            limiter.update(settings, at: Instant(nanoseconds: now))
          }
        }
      }
    }
    let slow = RateLimiter(
      "partner", RateLimiterSettings(rate: Rate(1, per: .seconds(Int64.max)), burst: .max))
    var admitted = 0
    while acquire(slow, 0) == .admitted, admitted < 10 { admitted += 1 }
    #expect(admitted == 1, "a burst of 146 years is cut")
  }
}
