import Resilience
import ResilienceTesting
import Testing

private let policies = """
  version: 1
  breakers:
    replica: {failures: 1, open: 60s}
  fallbacks:
    cached: {lastGood: {maxAge: 10m, key: user}}
    replica: {operation: users.replica}
    rules: {handler: rules}
    circle: {operation: round.b}
    back: {operation: round.a}
  pipelines:
    cached: [{fallback: [cached, rules]}, {deadline: 2s}]
    read: [{fallback: [replica, rules]}, {deadline: 2s}]
    replica: [{deadline: 1s}, {breaker: replica}]
    circle: [{fallback: circle}, {deadline: 2s}]
    back: [{fallback: back}, {deadline: 2s}]
  operations:
    users.cached: cached
    users.get: read
    users.replica: replica
    round.a: circle
    round.b: back

  """

@Suite("Fallbacks of a file")
struct FallbackTests {
  private func engine(
    _ text: PolicyText = PolicyText(policies), on time: VirtualTime, replica: @escaping @Sendable () throws -> User,
    observer: EventObserver? = nil
  ) throws -> ResilienceEngine {
    try text.engine(
      on: time,
      handlers: ["rules": FallbackHandler { context in User(name: "rule for \(context.labels["user"] ?? "nobody")") }],
      operations: [
        "users.replica": FallbackHandler { _ in try replica() },
        "round.a": FallbackHandler(returning: User.self) { _ in throw Refused() },
        "round.b": FallbackHandler(returning: User.self) { _ in throw Refused() },
      ], observer: observer)
  }

  @Test("An operation that stands in runs under its own policy, and the chain goes on when that refuses")
  func operation() throws {
    try onVirtualTime { time in
      let engine = try engine(on: time) { throw Refused() }
      let getUser = try engine.policy("users.get", returning: User.self)
      for _ in 0..<2 {
        let served = try await getUser.run(labels: ["user": "u"]) { throw Refused() }
        #expect(served == User(name: "rule for u"))
      }
      #expect(engine.breaker("replica")?.state == .open)
      let blocking = try getUser.runBlocking { throw Refused() }
      #expect(blocking == User(name: "rule for nobody"))
    }
  }

  @Test("An operation that stands in serves its value")
  func served() throws {
    try onVirtualTime { time in
      let log = EventRecorder()
      let engine = try engine(on: time, replica: { User(name: "replica") }, observer: log.observer)
      let getUser = try engine.policy("users.get", returning: User.self)
      let report = CallReport()
      let served = try await getUser.run(report: report) { throw Refused() }
      #expect(served == User(name: "replica"))
      #expect(report.fallback == "replica")
      let kinds = log.all.compactMap { if case .fallbackServed(let kind, _) = $0.kind { kind } else { nil } }
      #expect(kinds == ["operation"])
    }
  }

  @Test("A circle of operations that stand in for each other ends where it began")
  func circle() throws {
    try onVirtualTime { time in
      let engine = try engine(on: time) { User(name: "replica") }
      let round = try engine.policy("round.a", returning: User.self)
      let error = await #expect(throws: ResilienceError.self) { try await round.run { throw Refused() } }
      #expect(error?.code == .fallbackFailed)
      #expect(error?.cause is Refused)
    }
  }

  @Test("F2: the last good value is served to the same label no longer than its limit, and its age is reported")
  func lastGood() throws {
    try onVirtualTime { time in
      let engine = try engine(on: time) { User(name: "replica") }
      let getUser = try engine.policy("users.cached", returning: User.self)
      _ = try await getUser.run(labels: ["user": "a"]) { User(name: "a") }
      try await VirtualClock(time).sleep(for: .seconds(600))
      let report = CallReport()
      let same = try await getUser.run(labels: ["user": "a"], report: report) { throw Refused() }
      #expect(same == User(name: "a"))
      #expect(report.fallbackAge == .seconds(600))
      let other = try await getUser.run(labels: ["user": "b"]) { throw Refused() }
      #expect(other == User(name: "rule for b"))
      try await VirtualClock(time).sleep(for: .milliseconds(1))
      let old = try await getUser.run(labels: ["user": "a"]) { throw Refused() }
      #expect(old == User(name: "rule for a"))
    }
  }

  @Test("A body that is given up keeps its place until it ends, and the caller goes on at the instant")
  func abandoned() throws {
    try onVirtualTime { time in
      let engine = try PolicyText(
        """
        version: 1
        operations:
          slow: {layers: [{bulkhead: {concurrent: 1}}, {timeout: {after: 1s, mode: abandon}}]}

        """
      ).engine(on: time)
      let slow = try engine.policy("slow", returning: Int.self, concurrent: true)
      let error = await #expect(throws: ResilienceError.self) {
        try await slow.run {
          // Heeds no cancellation.
          await withCheckedContinuation { continuation in
            _ = TimeSource.virtual(time).arm(at: .init(nanoseconds: 5_000_000_000), .call { continuation.resume() })
          }
          return 1
        }
      }
      #expect(error?.code == .timedOut)
      #expect(time.now == Instant(nanoseconds: 1_000_000_000))
      let full = await #expect(throws: ResilienceError.self) { try await slow.run { 2 } }
      #expect(full?.code == .bulkheadFull)
      try await VirtualClock(time).sleep(for: .seconds(5))
      let value = try await slow.run { 3 }
      #expect(value == 3)
    }
  }

  @Test("Errors that cannot describe themselves are described by the engine's own function")
  func classified() throws {
    struct Status: Error { var code: Int }
    let text = PolicyText(
      """
      version: 1
      errors:
        transient: {match: [{http: [503]}]}
      operations:
        a: {layers: [{retry: {attempts: 2, backoff: none, handle: [transient]}}, {timeout: 1s}]}

      """)
    let engine = try text.engine(classify: { ($0 as? Status).map { FailureFacts(http: $0.code) } })
    let policy = try engine.policy("a")
    for (code, tries) in [(503, 2), (500, 1), (503, 2)] {
      let report = CallReport()
      #expect(throws: Status.self) { try policy.runBlocking(report: report) { throw Status(code: code) } }
      #expect(report.attempts.count == tries)
    }
  }
}
