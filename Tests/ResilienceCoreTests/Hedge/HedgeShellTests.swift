import ResilienceCore
import ResilienceTesting
import Synchronization
import Testing

/// What the bodies of one hedged call did.
private final class Bodies: Sendable {
  struct Seen: Hashable { var started = 0, running = 0, afterEnd = 0, isOver = false }
  private let seen = Mutex(Seen())
  var now: Seen { seen.withLock { $0 } }

  func start() -> Int {
    seen.withLock { seen in
      seen.started += 1
      seen.running += 1
      if seen.isOver { seen.afterEnd += 1 }
      return seen.started
    }
  }
  func end() { seen.withLock { $0.running -= 1 } }
  func callIsOver() { seen.withLock { $0.isOver = true } }
}

@Suite("Hedges in tasks")
struct HedgeShellTests {
  private func hedge(_ milliseconds: Int64, extra: Int = 1, budget: RetryBudget? = nil) -> Layer {
    Layer(
      .hedge(Hedge("tail", HedgeSettings(after: .milliseconds(milliseconds), extra: extra)), budget: budget),
      name: "tail")
  }

  private func sleep(_ milliseconds: UInt64, on time: VirtualTime) async throws {
    try await VirtualClock(time).sleep(for: .milliseconds(Int64(milliseconds)))
  }

  @Test("H1: the winner returns at once, its value is the call's, and the loser is cancelled and not awaited")
  func winner() throws {
    try onVirtualTime { time in
      let plan = Plan.of([hedge(100)], time: .virtual(time))
      let report = CallReport()
      let starts = Counter()
      let cancelled = Counter()
      let value = try await plan.runConcurrently(report: report) {
        let leg = starts.increment()
        if leg == 2 { return leg }
        do { try await sleep(1_000, on: time) } catch {
          cancelled.increment()
          try? await VirtualSleep.uncancelled(500, on: time)
        }
        return leg
      }
      #expect(value == 2)
      #expect(time.now == .milliseconds(100))
      #expect(report.winningLeg == 1)
      #expect(report.attempts.map(\.leg) == [0, 1])
      #expect(plan.supervisor.running == 1)
      try await sleep(600, on: time)
      #expect(plan.supervisor.running == 0)
      #expect(cancelled.value == 1)
    }
  }

  @Test("H1, K1: a loser keeps the places around the hedge and inside it until it ends")
  func loserKeepsPlaces() throws {
    try onVirtualTime { time in
      let outer = Bulkhead("outer", BulkheadSettings(concurrent: 1))
      let inner = Bulkhead("inner", BulkheadSettings(concurrent: 2))
      let plan = Plan.of([.bulkhead(outer), hedge(100), .bulkhead(inner)], time: .virtual(time))
      let starts = Counter()
      _ = try await plan.runConcurrently {
        if starts.increment() == 2 { return }
        try await VirtualSleep.uncancelled(400, on: time)
      }
      #expect(time.now == .milliseconds(100))
      #expect([outer.inUse, inner.inUse] == [1, 1])
      await #expect(throws: ResilienceError.self) { try await plan.runConcurrently {} }
      try await sleep(301, on: time)
      #expect([outer.inUse, inner.inUse] == [0, 0])
      try await plan.runConcurrently {}
    }
  }

  @Test("H1, K1: the legs of a hedge inside a hedge keep the outermost place as well")
  func nested() throws {
    try onVirtualTime { time in
      let outer = Bulkhead("outer", BulkheadSettings(concurrent: 1))
      let plan = Plan.of([.bulkhead(outer), hedge(1_000), hedge(100)], time: .virtual(time))
      let starts = Counter()
      _ = try await plan.runConcurrently {
        if starts.increment() == 2 { return }
        try await VirtualSleep.uncancelled(400, on: time)
      }
      #expect(time.now == .milliseconds(100))
      #expect(outer.inUse == 1)
      try await sleep(301, on: time)
      #expect(outer.inUse == 0 && plan.supervisor.running == 0)
    }
  }

  @Test("H1: a deadline around the hedge returns at its instant, although the bodies do not heed their cancellation")
  func deadline() throws {
    try onVirtualTime { time in
      let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 2, open: .seconds(60)))
      let plan = Plan.of([.deadline(250), hedge(100), .breaker(breaker)], time: .virtual(time))
      let error = await #expect(throws: ResilienceError.self) {
        try await plan.runConcurrently { () -> Int in
          try? await VirtualSleep.uncancelled(1_000, on: time)
          return 1
        }
      }
      #expect(error?.code == .timedOut && error?.name == "deadline")
      #expect(time.now == .milliseconds(250))
      try await sleep(2_000, on: time)
      // D5: both bodies ran into the deadline, which the breaker inside learns when they end.
      #expect(breaker.state == .open)
      #expect(plan.supervisor.running == 0)
    }
  }

  @Test("D5: a deadline around nested hedges is a failure to the breaker inside both")
  func nestedDeadline() throws {
    try onVirtualTime { time in
      let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 1, open: .seconds(60)))
      let plan = Plan.of([.deadline(50), hedge(100), hedge(100), .breaker(breaker)], time: .virtual(time))
      await #expect(throws: ResilienceError.self) {
        try await plan.runConcurrently { try await sleep(1_000, on: time) }
      }
      try await sleep(1, on: time)
      #expect(breaker.state == .open)
      #expect(plan.supervisor.running == 0)
    }
  }

  @Test("T6, M1: a cancelled caller gets its cancellation at once, and no hedge starts")
  func cancelled() throws {
    try onVirtualTime { time in
      let plan = Plan.of([.fallback(.code("spare")), .retry(.steady(5, 0)), hedge(100)], time: .virtual(time))
      let bodies = Bodies()
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: CancellationError.self) {
            try await plan.runConcurrently { () -> Int in
              _ = bodies.start()
              defer { bodies.end() }
              do { try await sleep(60_000, on: time) } catch { throw Refused() }
              return 1
            }
          }
        }
        try? await sleep(50, on: time)
        group.cancelAll()
      }
      #expect(time.now == .milliseconds(50))
      #expect(bodies.now.started == 1)
    }
  }

  @Test("D2: every leg's body knows the time that is left, the limits around the hedge included")
  func told() throws {
    try onVirtualTime { time in
      let plan = Plan.of([.deadline(500), hedge(100), .timeout(300)], time: .virtual(time))
      let told = Mutex<[Instant?]>([])
      let starts = Counter()
      _ = try await plan.runConcurrently {
        told.withLock { $0.append(CallDeadline.current?.instant) }
        if starts.increment() == 1 { try await sleep(250, on: time) } else { try await sleep(299, on: time) }
      }
      #expect(told.withLock { $0 } == [.milliseconds(300), .milliseconds(400)])
    }
  }

  @Test(
    "B6, B26: whoever is first of winners, limits and cancellations, there is one end, and everything comes home",
    arguments: 1...250)
  func races(seed: UInt64) throws {
    let chance = Chance(seed: seed)
    let times = (0..<4).map { _ in chance.draw(0...6) * 10 }
    let (limit, cancelAt) = (chance.draw(1...8) * 10, chance.draw(0...9) * 10)
    let isStubborn = chance.happens(.percent(30))
    let fails = chance.draw(0...15)
    try onVirtualTime(seed: seed) { time in
      let outer = Bulkhead("outer", BulkheadSettings(concurrent: 3))
      let inner = Bulkhead("inner", BulkheadSettings(concurrent: 3, queue: 3, wait: .milliseconds(20)))
      let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 9, open: .seconds(60)))
      let plan = Plan.of(
        [
          .bulkhead(outer), .deadline(Int64(limit)), .retry(.steady(2, 10)), hedge(20, extra: 2), .bulkhead(inner),
          .breaker(breaker),
        ], time: .virtual(time))
      let bodies = Bodies()
      let ends = Counter()
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          _ = try? await plan.runConcurrently { () -> Int in
            let number = bodies.start()
            defer { bodies.end() }
            let takes = times[(number - 1) % times.count]
            if isStubborn {
              try await VirtualSleep.uncancelled(takes, on: time)
            } else {
              try await sleep(takes, on: time)
            }
            if fails & 1 << UInt64((number - 1) % 4) != 0 { throw Refused() }
            return number
          }
          bodies.callIsOver()
          ends.increment()
        }
        try? await sleep(cancelAt, on: time)
        group.cancelAll()
      }
      try await sleep(1_000, on: time)
      #expect(ends.value == 1)
      #expect(bodies.now.running == 0 && bodies.now.afterEnd == 0)
      #expect(bodies.now.started <= 6)
      #expect([outer.inUse, inner.inUse, inner.queued, plan.supervisor.running] == [0, 0, 0, 0])
      #expect(breaker.state == .closed)
    }
  }
}

/// Sleeps through its cancellation, as code does that does not listen.
private enum VirtualSleep {
  static func uncancelled(_ milliseconds: UInt64, on time: VirtualTime) async throws {
    let until = time.now.advanced(by: milliseconds * 1_000_000)
    await withUnsafeContinuationOnTimer(until, time)
  }

  private static func withUnsafeContinuationOnTimer(_ until: Instant, _ time: VirtualTime) async {
    await withCheckedContinuation { continuation in
      _ = TimeSource.virtual(time).arm(at: until, .call { continuation.resume() })
    }
  }
}
