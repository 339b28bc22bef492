import ResilienceCore
import ResilienceTesting
import Synchronization
import Testing

private struct Failure: Error, FailureDescribing {
  var retryAfter: Duration?
  var failureFacts: FailureFacts? { FailureFacts(http: 503, retryAfter: retryAfter) }
}

/// Every decision is told with the numbers that caused it.
@Suite struct DecisionNumbersTests {
  /// What calls of one plan told, as the fields of events.
  private final class Told: Sendable {
    private let events = Mutex<[ResilienceEvent]>([])

    @Sendable func observe(_ event: ResilienceEvent) { events.withLock { $0.append(event) } }

    func fields(_ name: EventName) -> [[String]] {
      events.withLock { $0 }.filter { $0.kind.name == name }.map { event in
        event.fields.map { "\($0.name)=\(Self.show($0.value))" }.filter { !$0.hasPrefix("generation=") }
      }
    }

    private static func show(_ value: EventValue) -> String {
      switch value {
      case .text(let text): text
      case .words(let words): words.joined(separator: ",")
      case .count(let count): "\(count)"
      case .share(let share): share.inWords
      case .duration(let duration): duration.inWords
      }
    }
  }

  private func plan(_ layers: [Layer], on time: VirtualTime, _ told: Told) -> Plan {
    Plan(
      operation: "op", layers: layers, time: .virtual(time), chance: Chance(seed: 1), supervisor: Supervisor(),
      observer: told.observe)
  }

  @Test func aFullBulkheadTellsHowFullItIs() throws {
    let told = Told()
    try onVirtualTime { time in
      let bulkhead = Bulkhead("places", BulkheadSettings(concurrent: 2, queue: 1, wait: .seconds(1)))
      let plan = plan([Layer(.bulkhead(.shared(bulkhead)), name: "places")], on: time, told)
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask { try? await plan.run { try await VirtualClock(time).sleep(for: .seconds(2)) } }
        }
      }
    }
    let name = ["operation=op", "bulkhead=places"]
    #expect(
      told.fields(.bulkheadFull) == [
        // At once, and after its wait in the queue.
        name + ["in_use=2", "limit=2", "queued=1"], name + ["in_use=2", "limit=2", "queued=0"],
      ])
  }

  @Test func aLimiterTellsItsPaceAndTheNextSlot() throws {
    let told = Told()
    try onVirtualTime { time in
      let limiter = RateLimiter("partner", RateLimiterSettings(rate: Rate(10, per: .seconds(1)), burst: 2))
      let plan = plan([Layer(.rateLimit(.shared(limiter)), name: "partner")], on: time, told)
      for _ in 0..<2 { try await plan.run {} }
      time.advance(by: .milliseconds(30))
      try? await plan.run {}
    }
    #expect(
      told.fields(.rateLimited) == [
        ["operation=op", "rate_limit=partner", "interval_ms=100 ms", "burst=2", "retry_after_ms=70 ms"]
      ])
  }

  @Test func aTimeoutTellsItsLimitAndHowLongItReallyWas() throws {
    let told = Told()
    try onVirtualTime { time in
      let limit = Limit(TimeoutSettings(after: .seconds(2), mode: .observe))
      let plan = plan([Layer(.timeout(limit), name: "attempt")], on: time, told)
      try? await plan.run { try await VirtualClock(time).sleep(for: .seconds(5)) }
    }
    #expect(told.fields(.timedOut) == [["operation=op", "timeout=attempt", "limit_ms=2 s", "elapsed_ms=5 s"]])
  }

  @Test(arguments: [
    (
      Duration?.none, RetrySettings(attempts: 2, backoff: .constant(.seconds(1)), jitter: .none), Duration?.none,
      ["attempt=2", "reason=attempts", "max_attempts=2"]
    ),
    (
      .none, RetrySettings(attempts: 9, backoff: .constant(.seconds(1)), jitter: .none), .milliseconds(1_500),
      ["attempt=2", "reason=deadline", "remaining_ms=500 ms"]
    ),
    (
      .seconds(60), RetrySettings(attempts: 9, backoff: .constant(.zero), retryAfter: .seconds(10)), .none,
      ["attempt=1", "reason=retry-after", "asked_ms=1 min", "obeyed_ms=10 s"]
    ),
    (
      .none, RetrySettings(attempts: 9, backoff: .constant(.zero), handle: .timeout), .none,
      ["attempt=1", "reason=class"]
    ),
  ])
  func aRetryTellsWhatStoppedIt(
    hint: Duration?, settings: RetrySettings, deadline: Duration?, fields: [String]
  ) throws {
    let told = Told()
    try onVirtualTime { time in
      let limits = deadline.map { [Layer(.deadline(Limit(TimeoutSettings(after: $0))), name: "all")] } ?? []
      let retry = Layer(.retry(RetryPolicy(settings), budget: nil), name: "standard")
      let plan = plan(limits + [retry], on: time, told)
      try? await plan.run { throw Failure(retryAfter: hint) }
    }
    #expect(told.fields(.retryStopped) == [["operation=op", "retry=standard"] + fields + ["classes=other"]])
  }

  @Test func aSpentBudgetIsNamed() throws {
    let told = Told()
    try onVirtualTime { time in
      let budget = RetryBudget("shared", RetryBudgetSettings(ratio: .zero, floor: Rate(1, per: .seconds(100))))
      let retry = Layer(
        .retry(RetryPolicy(RetrySettings(attempts: 3, backoff: .constant(.zero))), budget: budget), name: "standard")
      try? await plan([retry], on: time, told).run { throw Failure() }
    }
    #expect(
      told.fields(.retryStopped) == [
        ["operation=op", "retry=standard", "attempt=1", "reason=budget", "budget=shared", "classes=other"]
      ])
  }

  @Test func aFallbackThatFailsIsTold() throws {
    let told = Told()
    try onVirtualTime { time in
      let handler = FallbackHandler(returning: Int.self) { _ in throw Failure() }
      let step = FallbackStep(name: "replica", handle: .all, source: .handler(handler))
      let plan = plan([Layer(.fallback([step]), name: "replica")], on: time, told)
      _ = try? await plan.run { () async throws -> Int in throw Failure() }
    }
    #expect(told.fields(.fallbackFailed) == [["operation=op", "fallback=replica", "kind=handler"]])
  }
}

@Suite struct EventHubTests {
  private struct Counter: EventSink {
    final class Count: Sendable {
      let events = Atomic(0)
      let ends = Atomic(0)
    }
    let count = Count()

    func receive(_ event: ResilienceEvent) { count.events.add(1, ordering: .relaxed) }
    func finish() { count.ends.add(1, ordering: .relaxed) }
  }

  @Test func withoutListenersNoEventIsMade() {
    let hub = EventHub()
    #expect(hub.observer == nil)
    let listener = hub.add(Counter())
    #expect(hub.observer != nil)
    hub.remove(listener)
    #expect(hub.observer == nil)
  }

  @Test func everyListenerIsToldOnceAndOfTheEndOnce() {
    let (first, second) = (Counter(), Counter())
    do {
      let hub = EventHub(sinks: [first, second])
      hub.observer?(.dropped(1, at: Instant(nanoseconds: 0)))
    }
    for counter in [first, second] {
      #expect(counter.count.events.load(ordering: .relaxed) == 1)
      #expect(counter.count.ends.load(ordering: .relaxed) == 1)
    }
  }
}
