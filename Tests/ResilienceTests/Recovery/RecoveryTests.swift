import Resilience
import ResilienceTesting
import Synchronization
import Testing

#if THREAD_SANITIZER
  import ResilienceCore
#endif

private func policies(_ recovery: String) -> String {
  """
  version: 1
  breakers:
    database: {failures: 1, open: 10s}
  retries:
    thrice: {attempts: 3, backoff: {initial: 1s, factor: 2, max: 10s, jitter: none}, handle: [timeout]}
  operations:
    users.get: {layers: [{deadline: 2s}, {breaker: database}]}
    cache.warm: {layers: [{deadline: 300ms}]}
  healthChecks:
    cache: {probe: {handler: cache}, every: 5s, timeout: 500ms, jitter: none}
  recoveries:
    reconnect: {\(recovery)}

  """
}

private let usual = "when: {healthCheck: cache, is: unhealthy, for: 30s}, cooldown: 5m, limit: 3/h"

/// What recoveries of a test did.
private final class Hands: Sendable {
  private let entries = Mutex<[String]>([])
  let time: VirtualTime
  /// What a handler does besides being noted.
  let act = Mutex<@Sendable (RecoveryContext) async throws -> Void>({ _ in })

  init(_ time: VirtualTime) { self.time = time }

  var log: [String] { entries.withLock { $0 } }

  func note(_ text: String) {
    let second = time.now.nanoseconds / 1_000_000_000
    entries.withLock { $0.append("\(second) \(text)") }
  }

  var handlers: [String: RecoveryHandler] {
    var handlers: [String: RecoveryHandler] = [:]
    for name in ["reconnect", "second", "page"] {
      handlers[name] = { [self] context in
        note("\(name) \(context.attempt)")
        guard name == "reconnect" else { return }
        try await act.withLock { $0 }(context)
      }
    }
    return handlers
  }
}

@Suite("Recoveries of a file")
struct RecoveryTests {
  private func run(
    _ recovery: String,
    _ body:
      @escaping @Sendable (ResilienceEngine, Patient, Hands, VirtualTime, EventRecorder, PolicyText) async throws ->
      Void
  ) throws {
    try onVirtualTime { time in
      let cache = Patient("cache", on: time)
      let (hands, log, text) = (Hands(time), EventRecorder(), PolicyText(policies(recovery)))
      let warm = FallbackHandler { context in
        hands.note("warm for \(context.operation)")
        try await time.pass(.seconds(1))
      }
      let engine = try text.engine(
        on: time, checks: [cache], recoveries: hands.handlers, operations: ["cache.warm": warm], observer: log.observer)
      try await alongside(engine.run) { try await body(engine, cache, hands, time, log, text) }
    }
  }

  private func kinds(_ log: EventRecorder) -> [String] {
    log.all.compactMap { event in
      guard event.layer == .recovery else { return nil }
      return String("\(event.kind)".prefix { $0 != "(" })
    }
  }

  @Test("V1, V2: it fires when its condition has held, takes its steps in order, and verifies with a fresh probe")
  func fires() throws {
    try run("\(usual), do: [{handler: reconnect, timeout: 10s}, {handler: second, timeout: 1s}], verify: cache") {
      _, cache, hands, time, log, _ in
      try await time.pass(.seconds(1))
      cache.set(.unhealthy("gone", details: ["port": "6379"]))
      hands.act.withLock { act in
        act = { context in
          #expect(context.recovery == "reconnect")
          #expect(context.heldFor == .seconds(30))
          #expect(context.check?.message == "gone")
          #expect(context.check?.details == ["port": "6379"])
          #expect(context.failure == nil)
          try await time.pass(.seconds(2))
          cache.set(.healthy)
        }
      }
      try await time.pass(.seconds(60))
      #expect(hands.log == ["35 reconnect 1", "37 second 1"])
      #expect(kinds(log) == ["recoveryStarted", "recoveryFinished"])
      #expect(cache.asked.map { $0.nanoseconds / 1_000_000_000 }.contains(37))
    }
  }

  @Test("V1: not again before it has cleared, nor before the cooldown, nor beyond the limit")
  func bounds() throws {
    try run("when: {healthCheck: cache}, cooldown: 60s, limit: 2/h, do: [{handler: reconnect, timeout: 10s}]") {
      _, cache, hands, time, _, _ in
      for _ in 0..<4 {
        cache.set(.unhealthy("gone"))
        try await time.pass(.seconds(100))
        cache.set(.healthy)
        try await time.pass(.seconds(10))
      }
      #expect(hands.log.count == 2)
      cache.set(.unhealthy("gone"))
      try await time.pass(.seconds(4_000))
      #expect(hands.log.count == 3)
    }
  }

  @Test(
    "V2: the first failed step ends an attempt; attempts follow the retry's waits, whatever it handles; then it is exhausted"
  )
  func exhausted() throws {
    let steps = "do: [{handler: reconnect, timeout: 10s}, {handler: second, timeout: 1s}]"
    try run("\(usual), \(steps), retry: thrice, exhausted: page") { _, cache, hands, time, log, _ in
      cache.set(.unhealthy("gone"))
      let seen = Mutex<[String?]>([])
      hands.act.withLock { act in
        act = { context in
          seen.withLock { $0.append(context.failure) }
          throw Refused()
        }
      }
      try await time.pass(.seconds(600))
      #expect(hands.log == ["30 reconnect 1", "31 reconnect 2", "33 reconnect 3", "33 page 3"])
      #expect(seen.withLock { $0 } == [nil, "handler reconnect: Refused()", "handler reconnect: Refused()"])
      #expect(
        kinds(log)
          == Array(repeating: ["recoveryStarted", "recoveryFailed"], count: 3).flatMap(\.self) + ["recoveryExhausted"])
    }
  }

  @Test("V2: a verification that fails is a failed attempt")
  func verification() throws {
    try run("\(usual), do: [{handler: reconnect, timeout: 10s}], verify: cache, retry: thrice") {
      _, cache, hands, time, log, _ in
      cache.set(.unhealthy("gone"))
      hands.act.withLock { $0 = { context in if context.attempt == 2 { cache.set(.healthy) } } }
      try await time.pass(.seconds(60))
      #expect(hands.log == ["30 reconnect 1", "31 reconnect 2"])
      #expect(kinds(log).last == "recoveryFinished")
      let reasons = log.all.compactMap { event -> String? in
        if case .recoveryFailed(_, let reason) = event.kind { reason } else { nil }
      }
      #expect(reasons == ["health check cache is unhealthy: gone"])
    }
  }

  @Test("A step that takes too long is cancelled and has failed; so has an operation that its own policy ends")
  func timeouts() throws {
    try run("\(usual), do: [{operation: cache.warm, timeout: 10s}, {handler: second, timeout: 1s}], exhausted: page") {
      _, cache, hands, time, log, _ in
      cache.set(.unhealthy("gone"))
      try await time.pass(.seconds(60))
      #expect(hands.log == ["30 warm for reconnect", "30 page 1"])
      guard case .recoveryExhausted(1, let reason, _) = log.all.last?.kind else {
        Issue.record("\(log.all)")
        return
      }
      #expect(reason.hasPrefix("operation cache.warm: "))
    }
    try run("\(usual), do: [{handler: reconnect, timeout: 2s}]") { _, cache, hands, time, log, _ in
      cache.set(.unhealthy("gone"))
      hands.act.withLock { $0 = { _ in try await time.pass(.seconds(100)) } }
      try await time.pass(.seconds(40))
      guard
        case .recoveryExhausted(1, "handler reconnect took longer than 2.0 seconds", .seconds(2)) = log.all.last?.kind
      else {
        Issue.record("\(log.all)")
        return
      }
    }
  }

  @Test("A condition on a breaker holds through its half-open times")
  func breaker() throws {
    try run("when: {breaker: database, for: 35s}, cooldown: 5m, limit: 3/h, do: [{handler: reconnect, timeout: 1s}]") {
      engine, _, hands, time, _, _ in
      let getUser = try engine.policy("users.get")
      for _ in 0..<40 {
        _ = try? await getUser.run { () -> Int in throw Refused() }
        try await time.pass(.seconds(1))
      }
      #expect(hands.log == ["35 reconnect 1"])
    }
  }

  @Test("A condition on all checks together")
  func overall() throws {
    try run(
      "when: {overall: true, is: degraded, for: 10s}, cooldown: 5m, limit: 3/h, do: [{handler: reconnect, timeout: 1s}]"
    ) { _, cache, hands, time, _, _ in
      cache.set(.degraded("slow"))
      try await time.pass(.seconds(6))
      cache.set(.unhealthy("gone"))
      try await time.pass(.seconds(6))
      #expect(hands.log == ["10 reconnect 1"])
    }
  }

  // MARK: Reload table: recoveries

  @Test("S2, recovery changed: the cooldown is kept, and a reload never arms it again")
  func changed() throws {
    let steps = "do: [{handler: reconnect, timeout: 1s}]"
    try run("\(usual), \(steps)") { engine, cache, hands, time, _, text in
      cache.set(.unhealthy("gone"))
      try await time.pass(.seconds(31))
      #expect(hands.log == ["30 reconnect 1"])
      text.write(policies("\(usual.replacing("for: 30s", with: "for: 1s").replacing("5m", with: "2m")), \(steps)"))
      try await engine.reload()
      try await time.pass(.seconds(500))
      #expect(hands.log.count == 1)
      cache.set(.healthy)
      try await time.pass(.seconds(10))
      cache.set(.unhealthy("gone"))
      try await time.pass(.seconds(10))
      #expect(hands.log.count == 2)
    }
  }

  @Test("S2, recovery removed: the running step finishes, no other follows")
  func removed() throws {
    let steps = "do: [{handler: reconnect, timeout: 10s}, {handler: second, timeout: 1s}]"
    try run("\(usual), \(steps)") { engine, cache, hands, time, _, text in
      cache.set(.unhealthy("gone"))
      hands.act.withLock { act in
        act = { _ in
          try await time.pass(.seconds(5))
          hands.note("done")
        }
      }
      try await time.pass(.seconds(31))
      text.write(policies("\(usual), \(steps)").replacing("reconnect: {", with: "other: {"))
      try await engine.reload()
      try await time.pass(.seconds(20))
      #expect(hands.log == ["30 reconnect 1", "35 done"])
    }
  }

  @Test(
    "Cancelled while a step runs, the engine ends, and leaves the attempt neither done nor failed", arguments: 0...9)
  func cancelled(seed: Int) throws {
    try onVirtualTime(seed: UInt64(seed)) { time in
      let (cache, hands, log) = (Patient("cache", on: time), Hands(time), EventRecorder())
      let engine = try PolicyText(policies("\(usual), do: [{handler: reconnect, timeout: 1m}], exhausted: page"))
        .engine(
          on: time, checks: [cache], recoveries: hands.handlers,
          operations: ["cache.warm": FallbackHandler { _ in 1 }], observer: log.observer)
      cache.set(.unhealthy("gone"))
      hands.act.withLock { $0 = { _ in try await time.pass(.seconds(50)) } }
      try await alongside(engine.run) { try await time.pass(.seconds(31)) }
      #expect(hands.log == ["30 reconnect 1"])
      #expect(kinds(log) == ["recoveryStarted"])
    }
  }
}
