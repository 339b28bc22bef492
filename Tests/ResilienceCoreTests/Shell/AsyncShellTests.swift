import ResilienceCore
import ResilienceTesting
import Synchronization
import Testing

struct Refused: Error, Equatable {}

/// Counts, from any task.
final class Counter: Sendable {
  private let count = Atomic(0)
  var value: Int { count.load(ordering: .relaxed) }
  @discardableResult
  func increment() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
}

/// State that only its own code may touch.
private actor Account {
  private var balance = 0

  func deposit(under plan: Plan) async throws -> Int {
    try await plan.run {
      balance += 1
      await Task.yield()
      balance += 1
      return balance
    }
  }
}

/// A value that no task may hand to another.
private final class Ledger {
  var lines: [String] = []
}

@Suite("Asynchronous calls")
struct AsyncShellTests {
  private func sleep(_ milliseconds: Int64, on time: VirtualTime) async throws {
    try await VirtualClock(time).sleep(for: .milliseconds(milliseconds))
  }

  @Test("The body uses its caller's actor state, with and without a limit")
  func actorState() throws {
    try onVirtualTime { time in
      let account = Account()
      let unlimited = try await account.deposit(under: .of([], time: .virtual(time)))
      let limited = try await account.deposit(under: .of([.timeout(100)], time: .virtual(time)))
      #expect([unlimited, limited] == [2, 4])
    }
  }

  @Test("Neither the body nor its value need be sendable")
  func notSendable() throws {
    try onVirtualTime { time in
      let plan = Plan.of([.retry(.steady(2, 10)), .timeout(100)], time: .virtual(time))
      let ledger = Ledger()
      let same = try await plan.run {
        ledger.lines.append("tried")
        if ledger.lines.count == 1 { throw Refused() }
        return ledger
      }
      #expect(same === ledger)
      #expect(ledger.lines.count == 2)
    }
  }

  @Test("R8: the body's last error reaches the caller unchanged")
  func lastError() throws {
    try onVirtualTime { time in
      let plan = Plan.of(
        [.retry(.steady(3, 100)), .breaker(CircuitBreaker("database", .standard))], time: .virtual(time))
      let report = CallReport()
      await #expect(throws: Refused()) { try await plan.run(report: report) { () -> Int in throw Refused() } }
      #expect(report.attempts.count == 3)
      #expect(time.now == .milliseconds(200))
    }
  }

  @Test("T6: cancelling the caller during a backoff ends the call at once, as cancelled")
  func cancelInBackoff() throws {
    try onVirtualTime { time in
      let plan = Plan.of([.fallback(.code("spare")), .retry(.steady(9, 60_000))], time: .virtual(time))
      let tries = Counter()
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: CancellationError.self) {
            try await plan.run { () -> Int in
              tries.increment()
              throw Refused()
            }
          }
        }
        try? await sleep(1_000, on: time)
        group.cancelAll()
      }
      #expect(time.now == .milliseconds(1_000))
      #expect(tries.value == 1)
    }
  }

  @Test("T6: cancelling the caller cancels the body, whatever the body throws then")
  func cancelInBody() throws {
    try onVirtualTime { time in
      let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 1, open: .seconds(60)))
      let plan = Plan.of([.retry(.steady(9, 0)), .breaker(breaker), .timeout(60_000)], time: .virtual(time))
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: CancellationError.self) {
            try await plan.run { () -> Int in
              do { try await sleep(30_000, on: time) } catch { throw Refused() }
              return 1
            }
          }
        }
        try? await sleep(1_000, on: time)
        group.cancelAll()
      }
      #expect(time.now == .milliseconds(1_000))
      #expect(breaker.state == .closed)
    }
  }

  @Test("D1, D4: a timeout cancels the body and says its name; the next attempt has a fresh one")
  func timeout() throws {
    try onVirtualTime { time in
      let plan = Plan.of([.retry(.steady(2, 100)), .timeout(300)], time: .virtual(time))
      let error = await #expect(throws: ResilienceError.self) {
        try await plan.run { try await sleep(10_000, on: time) }
      }
      #expect(error?.code == .timedOut)
      #expect(error?.name == "timeout")
      #expect(error?.history.map(\.classes) == [["timeout"], ["timeout"]])
      #expect(time.now == .milliseconds(700))
    }
  }

  @Test("D2: the body sees what is left of the earliest limit, and nested calls keep within it")
  func remaining() throws {
    try onVirtualTime { time in
      let outer = Plan.of([.deadline(1_000)], time: .virtual(time))
      let inner = Plan.of([.deadline(5_000), .retry(.steady(9, 400))], time: .virtual(time))
      let tries = Counter()
      await #expect(throws: Refused()) {
        try await outer.run {
          try await sleep(100, on: time)
          #expect(CallDeadline.current?.remaining == .milliseconds(900))
          try await inner.run { () -> Void in
            #expect(CallDeadline.current?.instant == .milliseconds(1_000))
            tries.increment()
            throw Refused()
          }
        }
      }
      #expect(tries.value == 3)
      #expect(time.now == .milliseconds(900))
      #expect(CallDeadline.current == nil)
    }
  }

  @Test("D5: a deadline of an enclosing call that fires is a failure to the breaker of the nested call")
  func nestedBreaker() throws {
    try onVirtualTime { time in
      let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 1, open: .seconds(60)))
      let inner = Plan.of([.breaker(breaker)], time: .virtual(time))
      let error = await #expect(throws: ResilienceError.self) {
        try await Plan.of([.deadline(200)], time: .virtual(time)).run {
          try await inner.run { try await sleep(10_000, on: time) }
        }
      }
      #expect(error?.code == .timedOut)
      #expect(breaker.state == .open)
    }
  }

  @Test("D4: abandon: the caller gets its error at the instant, the place stays taken until the body ends")
  func abandon() throws {
    try onVirtualTime { time in
      let bulkhead = Bulkhead("places", BulkheadSettings(concurrent: 1))
      let plan = Plan.of([.bulkhead(bulkhead), .timeout(300, .abandon)], time: .virtual(time))
      let ended = Counter()
      let error = await #expect(throws: ResilienceError.self) {
        try await plan.runConcurrently {
          await Self.sleepDeaf(.milliseconds(1_000), on: time)
          ended.increment()
        }
      }
      #expect(error?.code == .timedOut)
      #expect(time.now == .milliseconds(300))
      #expect(bulkhead.inUse == 1)
      #expect(plan.supervisor.running == 1)
      try await sleep(5_000, on: time)
      #expect(ended.value == 1)
      #expect(bulkhead.inUse == 0)
      #expect(plan.supervisor.running == 0)
    }
  }

  /// Sleeps on, whoever cancels.
  private static func sleepDeaf(_ duration: Duration, on time: VirtualTime) async {
    await withCheckedContinuation { continuation in
      let end = Instant(nanoseconds: time.now.nanoseconds + UInt64(duration / .nanoseconds(1)))
      _ = TimeSource.virtual(time).arm(at: end, .call { continuation.resume() })
    }
  }

  @Test("F1: the value of a fallback is the call's value; if the chain fails, one error carries both causes")
  func fallbacks() throws {
    try onVirtualTime { time in
      let serves = FallbackStep(
        name: "spare", source: .handler(FallbackHandler(returning: Int.self) { $0.failure is Refused ? 42 : 0 }))
      let fails = FallbackStep(
        name: "broken", source: .handler(FallbackHandler(returning: Int.self) { _ in throw Lost() }))
      let report = CallReport()
      let served = try await Plan.of([.fallback(fails, serves)], time: .virtual(time))
        .run(report: report) { () -> Int in throw Refused() }
      #expect(served == 42)
      #expect(report.fallback == "spare")
      let error = await #expect(throws: ResilienceError.self) {
        try await Plan.of([.fallback(fails)], time: .virtual(time)).run { () -> Int in throw Refused() }
      }
      #expect(error?.code == .fallbackFailed)
      #expect(error?.cause is Refused)
      #expect(error?.fallbackError is Lost)
    }
  }

  private struct Lost: Error {}

  @Test("F2: the last good value of the same key is served with its age, and never when it is too old")
  func lastGood() throws {
    try onVirtualTime { time in
      let settings = LastGoodSettings(maxAge: .seconds(10), key: .label("user"))
      let kept = FallbackStep(name: "kept", source: .lastGood(LastGoodStore(settings), settings.key))
      let plan = Plan.of([.fallback(kept)], time: .virtual(time))
      #expect(try await plan.run(labels: ["user": "a"]) { "Ada" } == "Ada")
      try await sleep(10_000, on: time)
      let report = CallReport()
      let served = try await plan.run(labels: ["user": "a"], report: report) { () -> String in throw Refused() }
      #expect(served == "Ada")
      #expect(report.fallbackAge == .seconds(10))
      for labels in [["user": "b"], [:]] {
        await #expect(throws: Refused()) { try await plan.run(labels: labels) { () -> String in throw Refused() } }
      }
      try await sleep(1, on: time)
      await #expect(throws: Refused()) {
        try await plan.run(labels: ["user": "a"]) { () -> String in throw Refused() }
      }
    }
  }

  @Test("A returned value that counts as a failure is retried, and returned when nothing better comes")
  func failingResults() throws {
    try onVirtualTime { time in
      var matcher = FailureMatcher()
      matcher.http = [500...599]
      let classes = [ErrorClass(name: "transient", matchers: [matcher])]
      let plan = Plan.of([.retry(.steady(3, 10))], classes: classes, time: .virtual(time))
      let tries = Counter()
      let judge = { (status: Int) in status >= 400 ? FailureFacts(http: status) : nil }
      let third = try await plan.run(judge: judge) { tries.increment() < 3 ? 503 : 200 }
      #expect(third == 200)
      #expect(tries.value == 3)
      let worst = try await plan.run(judge: judge) { 503 }
      #expect(worst == 503)
    }
  }

  @Test("K1: callers queue for a place, in order, and each body runs alone")
  func queue() throws {
    for seed in UInt64(1)...20 {
      try onVirtualTime(seed: seed) { time in
        let bulkhead = Bulkhead("places", BulkheadSettings(concurrent: 1, queue: 10))
        let plan = Plan.of([.bulkhead(bulkhead)], time: .virtual(time))
        let running = Counter()
        let done = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<8 {
            group.addTask {
              try await plan.run {
                #expect(running.increment() == done.value + 1, "two bodies at once, seed \(seed)")
                try await sleep(10, on: time)
                done.increment()
              }
            }
          }
          try await group.waitForAll()
        }
        #expect(done.value == 8)
        #expect(time.now == .milliseconds(80))
      }
    }
  }
}
