import ResilienceCore
import Testing

/// Every order of a few events, in a small limiter that a reload changes.
@Suite struct RateLimiterModelCheckTests {
  private static let settings = [
    RateLimiterSettings(rate: Rate(1, per: .nanoseconds(3)), burst: 2),
    RateLimiterSettings(rate: Rate(1, per: .nanoseconds(2)), burst: 1),
    RateLimiterSettings(rate: Rate(1, per: .nanoseconds(3)), burst: 2, wait: .nanoseconds(4)),
  ]

  @Test(
    "L1: in every order of calls and pauses, at most burst + rate · t start in any interval, and a wait is never too long",
    arguments: settings.indices)
  func everyOrder(_ index: Int) {
    let settings = Self.settings[index]
    let depth = 12
    for code in 0..<(1 << depth) {
      let limiter = RateLimiter("partner", settings)
      var now: UInt64 = 0
      var starts: [UInt64] = []
      for step in 0..<depth {
        guard code & (1 << step) == 0 else {
          now += 1
          continue
        }
        switch limiter.acquire(at: Instant(nanoseconds: now), waitingAtMostUntil: nil) {
        case .admitted: starts.append(now)
        case .wait(let slot):
          starts.append(slot.nanoseconds)
          #expect(slot.nanoseconds - now <= settings.wait?.nanoseconds ?? 0)
        case .limited(let wait): #expect(wait > settings.wait?.nanoseconds ?? 0)
        }
      }
      guard isBounded(starts, settings) else {
        Issue.record("order \(code): \(starts)")
        return
      }
    }
  }

  @Test("L1: a reload between any two calls gives no slot for free: no more start than the larger burst and rate allow")
  func everyReload() {
    let larger = RateLimiterSettings(rate: Rate(1, per: .nanoseconds(2)), burst: 2)
    for code in 0..<6_561 {  // 3^8
      let limiter = RateLimiter("partner", Self.settings[0])
      var (rest, now, starts) = (code, UInt64(0), [UInt64]())
      var current = 0
      for _ in 0..<8 {
        switch rest % 3 {
        case 0:
          if limiter.acquire(at: Instant(nanoseconds: now), waitingAtMostUntil: nil) == .admitted { starts.append(now) }
        case 1: now += 1
        default:
          current = 1 - current
          limiter.update(Self.settings[current], at: Instant(nanoseconds: now))
        }
        rest /= 3
      }
      guard isBounded(starts, larger) else {
        Issue.record("order \(code): \(starts)")
        return
      }
    }
  }

  private func isBounded(_ starts: [UInt64], _ settings: RateLimiterSettings) -> Bool {
    starts.indices.allSatisfy { first in
      starts[first...].indices.allSatisfy { last in
        let extra = UInt64(max(last - first + 1 - settings.burst, 0))
        return extra * settings.rate.period.nanoseconds <= UInt64(settings.rate.count) * (starts[last] - starts[first])
      }
    }
  }
}
