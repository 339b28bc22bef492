import LocatedYAML
import Resilience
import ResilienceTesting
import Testing

private let policies = """
  version: 1
  breakers:
    database: {failures: 2, open: 60s, halfOpen: 1}
  pipelines:
    read: [{deadline: 2s}, {breaker: database}]
  operations:
    users.get: read
  healthChecks:
    cache: {probe: {handler: cache-ping}, every: 5s, timeout: 500ms, jitter: none, critical: false}
    store: {probe: {handler: store-ping}, every: 10s, timeout: 1s, jitter: none, unhealthyAfter: 2, gates: [database]}
    circuit: {probe: {breaker: database}, every: 1s, timeout: 1s, jitter: none}

  """

extension PolicyText {
  func engine(
    on time: VirtualTime, checks: [any HealthCheck], recoveries: [String: RecoveryHandler] = [:],
    operations: [String: FallbackHandler] = [:], observer: EventObserver? = nil, seed: UInt64 = 0
  ) throws -> ResilienceEngine {
    try ResilienceEngine(
      policiesAt: "policies.yaml", operations: operations, healthChecks: checks, recoveryHandlers: recoveries,
      observer: observer, on: .virtual(time), seed: seed
    ) { [self] path in
      if let text = read() { return .success(Array(text.utf8)) }
      return .failure(FileProblem(path: path, reason: "no such file"))
    }
  }
}

@Suite("Health checks of a file")
struct EngineHealthTests {
  @Test("Checks of the file are asked while the engine runs, under the names of the file")
  func asks() throws {
    try onVirtualTime { time in
      let (cache, store) = (Patient("cache-ping", on: time), Patient("store-ping", on: time))
      let engine = try PolicyText(policies).engine(on: time, checks: [cache, store])
      try await alongside(engine.run) {
        try await time.pass(.seconds(12))
        #expect(engine.health.current.components.map(\.name) == ["cache", "circuit", "store"])
        #expect(engine.health.status == .healthy)
        cache.set(.unhealthy("gone"))
        try await time.pass(.seconds(5))
        #expect(engine.health.status == .degraded)
        #expect(engine.health.json.contains(#""message":"gone""#))
      }
      #expect(cache.asked.count == 4)
      #expect(store.asked.count == 2)
    }
  }

  @Test("An unhealthy check holds the breakers that it gates; when it is well again they are half-open")
  func gates() throws {
    try onVirtualTime { time in
      let store = Patient("store-ping", on: time)
      let log = EventRecorder()
      let engine = try PolicyText(policies).engine(
        on: time, checks: [Patient("cache-ping", on: time), store], observer: log.observer)
      let getUser = try engine.policy("users.get")
      try await alongside(engine.run) {
        store.set(.unhealthy("no quorum"))
        try await time.pass(.seconds(5))
        _ = try await getUser.run { 1 }
        try await time.pass(.seconds(6))
        let error = await #expect(throws: ResilienceError.self) { try await getUser.run { 1 } }
        #expect(error?.code == .circuitIsolated)
        #expect(engine.breaker("database")?.state == .isolated)
        #expect(engine.health.current["circuit"]?.status == .unhealthy)
        store.set(.degraded("slow"))
        try await time.pass(.seconds(10))
        #expect(engine.breaker("database")?.state == .halfOpen)
        let value = try await getUser.run { 2 }
        #expect(value == 2)
        #expect(engine.breaker("database")?.state == .closed)
      }
      let changes = log.all.compactMap { event -> String? in
        guard case .breaker(let change) = event.kind, event.location == "policies.yaml:10" else { return nil }
        return "\(event.name) \(change)"
      }
      #expect(
        changes == [
          "database isolated(from: ResilienceCore.BreakerStateName.closed)",
          "database halfOpened(from: ResilienceCore.BreakerStateName.isolated)",
        ])
    }
  }

  @Test("When the engine stops running nothing holds a breaker any more")
  func stops() throws {
    try onVirtualTime { time in
      let store = Patient("store-ping", on: time)
      store.set(.unhealthy("no quorum"))
      let engine = try PolicyText(policies).engine(on: time, checks: [Patient("cache-ping", on: time), store])
      try await alongside(engine.run) {
        try await time.pass(.seconds(11))
        #expect(engine.breaker("database")?.state == .isolated)
      }
      #expect(engine.breaker("database")?.state == .halfOpen)
      try await alongside(engine.run) {
        try await time.pass(.milliseconds(1))
        #expect(engine.breaker("database")?.state == .isolated, "it runs again, and the check is still unhealthy")
      }
      #expect(engine.breaker("database")?.state == .halfOpen)
    }
  }

  @Test("Checks and handlers that the program does not have stop the engine from being made, with file and line")
  func missing() throws {
    let text =
      policies + """
        recoveries:
          reconnect:
            when: {healthCheck: cache, for: 30s}
            do: [{handler: reconnect, timeout: 1s}, {operation: users.get, timeout: 1s}]
            cooldown: 5m
            limit: 3/h
            exhausted: page

        """
    let error = #expect(throws: PolicyFileError.self) {
      try PolicyText(text).engine(on: VirtualTime(), checks: [HealthProbe("store-ping") { .healthy }])
    }
    #expect(
      error?.description == """
        policies.yaml:9:18: error: health check `cache` needs a check `cache-ping` in `healthChecks:` of the engine
        policies.yaml:15:10: error: recovery `reconnect` needs a handler `reconnect` in `recoveryHandlers:` of the engine
        policies.yaml:15:45: error: recovery `reconnect` needs a body for operation `users.get` in `operations:` of the engine
        policies.yaml:18:16: error: recovery `reconnect` needs a handler `page` in `recoveryHandlers:` of the engine
        """)
  }

  @Test("A file with checks that nobody runs is told of, once a load, and not when they run", arguments: [false, true])
  func notRunning(runs: Bool) throws {
    try onVirtualTime { time in
      let log = EventRecorder()
      let checks = [Patient("cache-ping", on: time), Patient("store-ping", on: time)]
      let engine = try PolicyText(policies).engine(on: time, checks: checks, observer: log.observer)
      if runs {
        try await alongside(engine.run) { try await time.pass(.seconds(60)) }
      } else {
        try await time.pass(.seconds(60))
        #expect(engine.health.current["cache"]?.status == .unknown)
      }
      let told = log.all.count { if case .healthNotRunning(checks: 3, recoveries: 0) = $0.kind { true } else { false } }
      #expect(told == (runs ? 0 : 1))
    }
  }

  // MARK: Reload table: health checks

  private func reload(
    _ time: VirtualTime, to change: (String) -> String, after: Duration,
    _ body: (ResilienceEngine, Patient, Patient) async throws -> Void
  ) async throws {
    let (cache, store) = (Patient("cache-ping", on: time), Patient("store-ping", on: time))
    let text = PolicyText(policies)
    let engine = try text.engine(on: time, checks: [cache, store])
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await engine.run() }
      store.set(.unhealthy("down"))
      try await time.pass(after)
      text.write(change(policies))
      try await engine.reload()
      try await body(engine, cache, store)
      group.cancelAll()
    }
  }

  @Test("S2, health check unchanged: the same counters, and the next probe when it was due")
  func unchanged() throws {
    try onVirtualTime { time in
      try await reload(time, to: { "# moved\n" + $0 }, after: .seconds(4)) { engine, _, store in
        try await time.pass(.seconds(7))
        #expect(store.asked.map(\.nanoseconds) == [0, 10_000_000_000])
        #expect(engine.health.current["store"]?.status == .unhealthy, "two in a row, one of them before")
      }
    }
  }

  @Test(
    "S2, health check changed: counters kept, next probe at the earlier of the old time and the new",
    arguments: [("6s", 6), ("30s", 10), ("2s", 4)] as [(String, UInt64)])
  func changed(every: String, next: UInt64) throws {
    try onVirtualTime { time in
      let change = { (text: String) in text.replacing("every: 10s", with: "every: \(every)") }
      try await reload(time, to: change, after: .seconds(4)) { engine, _, store in
        try await time.pass(.milliseconds(6_500))
        #expect(store.asked.dropFirst().first?.nanoseconds == next * 1_000_000_000)
        #expect(engine.health.current["store"]?.status == .unhealthy)
      }
    }
  }

  @Test("S2, health check removed: it is stopped, its probe too, and holds nothing")
  func removed() throws {
    try onVirtualTime { time in
      let change = { (text: String) in
        text.split(separator: "\n").filter { !$0.contains("store-ping") }.joined(separator: "\n") + "\n"
      }
      try await reload(time, to: change, after: .seconds(11)) { engine, _, store in
        #expect(engine.breaker("database")?.state == .halfOpen)
        try await time.pass(.seconds(60))
        #expect(store.asked.count == 2)
        #expect(engine.health.current.components.map(\.name) == ["cache", "circuit"])
      }
    }
  }

  @Test("S2, health check added: it is asked at once")
  func added() throws {
    try onVirtualTime { time in
      let change = { (text: String) in
        text + "  third: {probe: {handler: cache-ping}, every: 1h, timeout: 1s}\n"
      }
      try await reload(time, to: change, after: .milliseconds(1_500)) { engine, cache, _ in
        try await time.pass(.milliseconds(1))
        #expect(cache.asked.count == 2)
        #expect(engine.health.current["third"]?.status == .healthy)
      }
    }
  }

  @Test("A check that no longer gates a breaker lets it go; one that begins to holds it")
  func gatesChanged() throws {
    try onVirtualTime { time in
      let change = { (text: String) in
        text.replacing(", gates: [database]", with: ", gates: [other]")
          .replacing("database: {failures: 2", with: "other: {failures: 1, open: 1s}\n  database: {failures: 2")
      }
      try await reload(time, to: change, after: .seconds(11)) { engine, _, _ in
        #expect(engine.breaker("database")?.state == .halfOpen)
        #expect(engine.breaker("other")?.state == .isolated)
      }
    }
  }

  @Test("A breaker that a person closed is not held again by a reload")
  func closedByHand() throws {
    try onVirtualTime { time in
      try await reload(time, to: { "# moved\n" + $0 }, after: .milliseconds(10_500)) { engine, _, store in
        let breaker = try #require(engine.breaker("database"))
        _ = breaker.close(at: time.now)
        try await engine.reload()
        try await time.pass(.seconds(60))
        #expect(breaker.state == .closed)
        store.set(.healthy)
        try await time.pass(.seconds(10))
        store.set(.unhealthy("again"))
        try await time.pass(.seconds(20))
        #expect(breaker.state == .isolated)
      }
    }
  }
}
