import CAllocationCounter
import Resilience
import ResilienceTesting
import Testing

@Suite("Allocations", .enabled(if: allocation_counter_is_available()))
struct AllocationTests {
  @Test("The counter counts")
  func counts() throws {
    try onVirtualTime { _ in
      var kept: [[UInt64]] = []
      kept.reserveCapacity(128)
      let most = try await allocations { kept.append([UInt64](repeating: 1, count: 4_096)) }
      #expect(most == 1)
    }
  }

  @Test("A call that goes right allocates nothing, asynchronous or blocking")
  func pipeline() throws {
    try onVirtualTime { time in
      let pipeline = Pipeline(
        "users.get",
        [
          .retry(.standard), .breaker(CircuitBreaker("database", .standard)),
          .bulkhead(Bulkhead("places", BulkheadSettings(concurrent: 8))),
          .rateLimit(RateLimiter("pace", RateLimiterSettings(rate: Rate(1_000_000, per: .seconds(1)), burst: 1_000))),
        ], on: .virtual(time))
      let asynchronous = try await allocations { _ = try await pipeline.run { 1 } }
      #expect(asynchronous == 0)
      let blocking = try await allocations { _ = try pipeline.runBlocking { 1 } }
      #expect(blocking == 0)
    }
  }

  @Test("A call under a file's breaker, retry, bulkhead, limiter and fallback allocates nothing when it goes right")
  func file() throws {
    try onVirtualTime { time in
      let engine = try PolicyText(
        """
        version: 1
        breakers:
          database: {failures: 5, open: 60s}
          window: {failureRate: 50%, window: 10, open: 60s}
        retries:
          standard: {attempts: 3, backoff: 100ms}
        bulkheads:
          places: {concurrent: 8, queue: 8, wait: 1s}
        rateLimiters:
          pace: {rate: 1000000/s, burst: 100000}
        fallbacks:
          none: {value: 0}
          rules: {handler: rules}
        operations:
          read:
            layers:
            - fallback: [none, rules]
            - rateLimit: pace
            - bulkhead: places
            - retry: standard
            - breaker: database
            - breaker: window
          plain:
            layers: [{retry: standard}, {breaker: database}]

        """
      ).engine(on: time, handlers: ["rules": FallbackHandler { _ in 0 }])
      let read = try engine.policy("read", returning: Int.self)
      let plain = try engine.policy("plain")
      let typed = try await allocations { _ = try await read.run { 1 } }
      #expect(typed == 0)
      let untyped = try await allocations { _ = try await plain.run { 1 } }
      #expect(untyped == 0)
      let blocking = try await allocations { _ = try read.runBlocking { 1 } }
      #expect(blocking == 0)
      let again = try await allocations { _ = try engine.policy("read", returning: Int.self) }
      #expect(again == 0)
    }
  }

  @Test("A call with a limit that observes allocates nothing; nor does a blocking one with a limit that would cancel")
  func limits() throws {
    try onVirtualTime { _ in
      let layers: (Bool) -> [Pipeline.Layer] = { cancels in
        [.deadline(.seconds(10), cancels: cancels), .retry(.standard), .breaker(CircuitBreaker("database", .standard))]
      }
      let observed = Pipeline("users.get", layers(false))
      let asynchronous = try await allocations { _ = try await observed.run { 1 } }
      #expect(asynchronous == 0)
      let blocking = try await allocations { _ = try observed.runBlocking { 1 } }
      #expect(blocking == 0)
      let cancelled = Pipeline("users.get", layers(true))
      let uncancelled = try await allocations { _ = try cancelled.runBlocking { 1 } }
      #expect(uncancelled == 0)
    }
  }

  @Test("Sinks cost nothing as long as calls go right")
  func sinks() throws {
    try onVirtualTime { time in
      let engine = try PolicyText(
        """
        version: 1
        breakers: {database: {failures: 5, open: 60s}}
        operations: {read: {idempotent: true, layers: [{retry: {attempts: 3, backoff: 100ms}}, {breaker: database}]}}

        """
      ).engine(on: time)
      let read = try engine.policy("read")
      engine.add(EventRecorder())
      engine.add(EventLog(write: { _ in }))
      let events = engine.events.makeAsyncIterator()
      #expect(try await allocations { _ = try await read.run { 1 } } == 0)
      withExtendedLifetime(events) {}
    }
  }
}
