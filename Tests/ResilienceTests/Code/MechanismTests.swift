import Resilience
import ResilienceTesting
import Testing

@Suite("Mechanisms without a file")
struct MechanismTests {
  @Test("A breaker by itself opens after its failures in a row, and then turns calls away")
  func breaker() async throws {
    let breaker = CircuitBreaker("database", .init(failures: 2, open: .seconds(60), successes: 2))
    let value = try await breaker.run { 1 }
    #expect(value == 1)
    for _ in 0..<2 {
      #expect(throws: Refused.self) { try breaker.runBlocking { () -> Int in throw Refused() } }
    }
    #expect(breaker.state == .open)
    let error = await #expect(throws: ResilienceError.self) { try await breaker.run { 1 } }
    #expect(error?.code == .circuitOpen)
    #expect(error?.name == "database")
    #expect(error?.retryAfter != nil)
  }

  @Test("A breaker by itself is on the clock that it was made with")
  func breakerOnVirtualTime() throws {
    try onVirtualTime { time in
      let breaker = CircuitBreaker("database", .aggressive, on: .virtual(time))
      for _ in 1...3 { try? await breaker.run { throw Refused() } }
      #expect(breaker.state == .open)
      time.advance(by: .seconds(30))
      try await breaker.run {}
      #expect(breaker.state == .closed)
    }
  }

  @Test("A bulkhead by itself lets no more bodies run than it has places")
  func bulkhead() throws {
    let bulkhead = Bulkhead("places", BulkheadSettings(concurrent: 1))
    let outer = try bulkhead.runBlocking {
      #expect(throws: ResilienceError.self) { try bulkhead.runBlocking { 1 } }
      return 2
    }
    #expect(outer == 2)
    let next = try bulkhead.runBlocking { 3 }
    #expect(next == 3)
  }

  @Test("A limiter by itself admits its burst and no more")
  func limiter() throws {
    let limiter = RateLimiter("pace", RateLimiterSettings(rate: Rate(1, per: .seconds(3_600)), burst: 2))
    for _ in 0..<2 { try limiter.runBlocking {} }
    #expect(throws: ResilienceError.self) { try limiter.runBlocking { 3 } }
  }

  @Test("autoRecover tries again after the waits of its settings and throws the last error unchanged")
  func recover() throws {
    try onVirtualTime { time in
      var tries = 0
      let value = try await autoRecover("fetch", .standard, on: .virtual(time)) {
        tries += 1
        if tries < 3 { throw Refused() }
        return tries
      }
      #expect(value == 3)
      await #expect(throws: Refused.self) {
        try await autoRecover("fetch", on: .virtual(time)) { () -> Int in throw Refused() }
      }
    }
  }

  @Test("withDeadline cancels a body that takes too long, and says so")
  func deadline() throws {
    try onVirtualTime { time in
      let error = await #expect(throws: ResilienceError.self) {
        try await withDeadline(.seconds(2), on: .virtual(time)) {
          try await VirtualClock(time).sleep(for: .seconds(60))
        }
      }
      #expect(error?.code == .timedOut)
      #expect(time.now == Instant(nanoseconds: 2_000_000_000))
      let left = try await withDeadline(.seconds(2), on: .virtual(time)) { CallDeadline.current?.remaining }
      #expect(left == .seconds(2))
    }
  }
}
