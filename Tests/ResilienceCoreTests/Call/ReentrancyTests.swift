import ResilienceCore
import Synchronization
import Testing

@Suite("User code that comes back")
struct ReentrancyTests {
  /// An error that asks the breaker whose call it ended.
  private struct Curious: Error, FailureDescribing {
    let breaker: CircuitBreaker
    var failureFacts: FailureFacts? {
      _ = breaker.state(at: .milliseconds(0))
      return FailureFacts(kind: "curious")
    }
  }

  @Test("T5: an observer may use the breaker, the bulkhead and the plan whose event it is told")
  func observer() throws {
    let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 1, open: .seconds(60)))
    let bulkhead = Bulkhead("places", BulkheadSettings(concurrent: 2, queue: 1))
    let kept = Mutex<Plan?>(nil)
    let told = Mutex(0)
    let observer: EventObserver = { _ in
      _ = breaker.state(at: .milliseconds(0))
      _ = bulkhead.queued
      told.withLock { $0 += 1 }
      guard let plan = kept.withLock({ $0 }) else { return }
      kept.withLock { $0 = nil }
      _ = try? plan.runBlocking {}
    }
    let plan = Plan(
      operation: "users.get", layers: [.bulkhead(bulkhead), .breaker(breaker)], time: .virtual(VirtualTime()),
      chance: Chance(seed: 1), supervisor: Supervisor(), observer: observer)
    kept.withLock { $0 = plan }
    #expect(throws: Curious.self) { try plan.runBlocking { throw Curious(breaker: breaker) } }
    #expect(told.withLock { $0 } >= 2)
    #expect(bulkhead.inUse == 0)
  }

  @Test("T5: an error's own code may use the breaker while it is classified")
  func classifier() throws {
    let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 1, open: .seconds(60)))
    var matcher = FailureMatcher()
    matcher.kinds = ["curious"]
    let plan = Plan.of([.breaker(breaker)], classes: [ErrorClass(name: "curious", matchers: [matcher])])
    #expect(throws: Curious.self) { try plan.runBlocking { throw Curious(breaker: breaker) } }
    #expect(breaker.state == .open)
  }
}
