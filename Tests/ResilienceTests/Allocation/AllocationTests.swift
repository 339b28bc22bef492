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
}
