import ResilienceCore
import Testing

@Suite struct RateLimiterStressTests {
  @Test("L1: many threads together get a burst and no more")
  func threads() async {
    let limiter = RateLimiter("partner", RateLimiterSettings(rate: Rate(1, per: .seconds(1)), burst: 500))
    let admitted = SharedCount()
    await onWorkers { _ in
      for _ in 0..<1_000 where limiter.acquire(at: .milliseconds(5), waitingAtMostUntil: nil) == .admitted {
        admitted.add()
      }
    }
    #expect(admitted.value == 500)
  }

  @Test("Reload, limiter numbers: changing them among calls of many threads gives no slot for free")
  func updates() async {
    let settings = [500, 200].map { RateLimiterSettings(rate: Rate(1, per: .seconds(1)), burst: $0) }
    let limiter = RateLimiter("partner", settings[0])
    let admitted = SharedCount()
    await onWorkers { worker in
      for step in 0..<1_000 {
        if worker == 0 { limiter.update(settings[step % 2], at: .milliseconds(5)) }
        if limiter.acquire(at: .milliseconds(5), waitingAtMostUntil: nil) == .admitted { admitted.add() }
      }
    }
    #expect(admitted.value <= 500)
  }
}
