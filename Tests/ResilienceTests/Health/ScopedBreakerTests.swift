import Resilience
import ResilienceCore
import ResilienceTesting
import Synchronization
import Testing

private struct Unanswered: Error {}

private let policies = """
  version: 1
  breakers:
    partner: {failures: 1, open: 60s, halfOpen: 1, scope: {key: tenant}}
    shop: {failures: 1, open: 60s, scope: operation}
  operations:
    partner.ask: {layers: [{breaker: partner}]}
    shop.buy: {layers: [{breaker: shop}]}
    shop.sell: {layers: [{breaker: shop}]}
  healthChecks:
    store: {probe: {handler: store-ping}, every: 10s, timeout: 1s, jitter: none, gates: [partner, shop]}
    partners: {probe: {breaker: partner}, every: 1s, timeout: 500ms, jitter: none, unhealthyAfter: 1, healthyAfter: 1}
  recoveries:
    reconnect:
      when: {breaker: partner, is: open, for: 2s}
      do: [{handler: reconnect, timeout: 1s}]
      cooldown: 1h
      limit: 3/h

  """

@Suite("Breakers with a scope in health checks and recoveries")
struct ScopedBreakerTests {
  /// An engine that runs, with its store and what its recovery was called with.
  private func run(
    _ text: PolicyText = PolicyText(policies),
    _ body: @escaping @Sendable (ResilienceEngine, Patient, EventRecorder, VirtualTime) async throws -> Void
  ) throws {
    try onVirtualTime { time in
      let store = Patient("store-ping", on: time)
      let log = EventRecorder()
      let engine = try text.engine(
        on: time, checks: [store], recoveries: ["reconnect": { contexts.note($0) }], observer: log.observer)
      try await alongside(engine.run) {
        try await time.pass(.seconds(1))
        try await body(engine, store, log, time)
      }
    }
  }

  private let contexts = Contexts()

  private func ask(_ engine: ResilienceEngine, _ tenant: String, failing: Bool = false) async throws {
    let policy = try engine.policy("partner.ask")
    try await policy.run(labels: ["tenant": tenant]) { if failing { throw Unanswered() } }
  }

  @Test("A gate holds the breakers of all keys and operations, and those that come up meanwhile")
  func gate() throws {
    try run { engine, store, log, time in
      try await ask(engine, "a")
      _ = try await engine.policy("shop.buy").run { 1 }
      store.set(.unhealthy("no quorum"))
      try await time.pass(.seconds(30))
      for (name, key) in [("partner", "a"), ("partner", "new"), ("shop", "shop.buy"), ("shop", "shop.sell")] {
        #expect(engine.breaker(name, key: key)?.state == .isolated)
      }
      #expect(engine.breaker("partner")?.state == .isolated)
      let error = await #expect(throws: ResilienceError.self) { try await ask(engine, "c") }
      #expect(error?.code == .circuitIsolated)
      #expect(log.all.contains { $0.name == "partner{tenant=a}" && $0.kind.name == .breakerIsolated })

      store.set(.healthy)
      try await time.pass(.seconds(20))
      for (name, key) in [("partner", "a"), ("partner", "c"), ("shop", "shop.buy"), ("shop", "shop.sell")] {
        #expect(engine.breaker(name, key: key)?.state == .halfOpen)
      }
      #expect(engine.breaker("partner", key: "later")?.state == .closed)
      try await ask(engine, "c")
      #expect(engine.breaker("partner", key: "c")?.state == .closed)
    }
  }

  @Test("A person who closes one of the held breakers has the last word on that one, and on no other")
  func closedByHand() throws {
    try run { engine, store, _, time in
      try await ask(engine, "a")
      try await ask(engine, "b")
      store.set(.unhealthy("no quorum"))
      try await time.pass(.seconds(30))
      engine.breaker("partner", key: "a")?.close()
      try await time.pass(.seconds(60))
      #expect(engine.breaker("partner", key: "a")?.state == .closed)
      #expect(engine.breaker("partner", key: "b")?.state == .isolated)
    }
  }

  @Test(
    "A reload leaves breakers held, under another scope, other numbers or another name",
    arguments: [
      ("scope: {key: tenant}", "scope: {key: user}"), ("failures: 1, open: 60s, halfOpen: 1", "failures: 9, open: 1s"),
      (", scope: {key: tenant}", ""), ("scope: {key: tenant}", "scope: operation"),
    ])
  func reload(_ old: String, _ new: String) throws {
    let text = PolicyText(policies)
    try run(text) { engine, store, _, time in
      try await ask(engine, "a")
      store.set(.unhealthy("no quorum"))
      try await time.pass(.seconds(30))
      text.write(policies.replacing(old, with: new))
      try await engine.reload()
      for labels in [["tenant": "a"], ["user": "b"], [:]] {
        let error = await #expect(throws: ResilienceError.self) {
          try await engine.policy("partner.ask").run(labels: labels) {}
        }
        #expect(error?.code == .circuitIsolated)
      }
      store.set(.healthy)
      try await time.pass(.seconds(20))
      try await engine.policy("partner.ask").run(labels: ["tenant": "a", "user": "b"]) {}
    }
  }

  @Test("A renamed breaker stays held until its check is well")
  func renamed() throws {
    let text = PolicyText(policies)
    try run(text) { engine, store, log, time in
      try await ask(engine, "a")
      store.set(.unhealthy("no quorum"))
      try await time.pass(.seconds(30))
      let told = log.all.count
      text.write(
        policies
          .replacing("partner: {failures: 1,", with: "supplier: {renamedFrom: partner, failures: 1,")
          .replacing("{breaker: partner}", with: "{breaker: supplier}")
          .replacing("breaker: partner, is", with: "breaker: supplier, is")
          .replacing("gates: [partner,", with: "gates: [supplier,"))
      try await engine.reload()
      #expect(!log.all.dropFirst(told).contains { $0.layer == .breaker })
      #expect(engine.breaker("supplier", key: "a")?.state == .isolated)
      #expect(engine.breaker("supplier", key: "new")?.state == .isolated)
      store.set(.healthy)
      try await time.pass(.seconds(20))
      #expect(engine.breaker("supplier", key: "a")?.state == .halfOpen)
      #expect(engine.breaker("supplier", key: "new")?.state == .halfOpen)
    }
  }

  @Test("An outage behind a gate keeps no more keys than a quiet day")
  func capacity() throws {
    try run { engine, store, _, time in
      store.set(.unhealthy("no quorum"))
      try await time.pass(.seconds(30))
      for tenant in 0..<10_200 { _ = engine.breaker("partner", key: "\(tenant)") }
      #expect(engine.breakers.filter { $0.name.hasPrefix("partner{") }.count == 10_000)
    }
  }

  @Test("A check whose probe is a breaker with a scope tells one that is open from half of them")
  func probe() throws {
    try run { engine, _, _, time in
      for tenant in ["a", "b", "c"] { try await ask(engine, tenant) }
      try await time.pass(.seconds(2))
      #expect(engine.health.current["partners"]?.status == .healthy)
      try? await ask(engine, "a", failing: true)
      try await time.pass(.seconds(2))
      #expect(engine.health.current["partners"]?.status == .degraded)
      #expect(engine.health.current["partners"]?.message == "1 of 3 breakers partner: partner{tenant=a} is open")
      try? await ask(engine, "b", failing: true)
      try await time.pass(.seconds(2))
      #expect(engine.health.current["partners"]?.status == .unhealthy)
      engine.breaker("partner", key: "a")?.close()
      engine.breaker("partner", key: "b")?.close()
      try await time.pass(.seconds(2))
      #expect(engine.health.current["partners"]?.status == .healthy)
    }
  }

  @Test("An open breaker of a tenant that has left stops counting after one further open time")
  func forsaken() throws {
    try run { engine, _, _, time in
      for tenant in ["a", "b"] { try await ask(engine, tenant) }
      try? await ask(engine, "b", failing: true)
      try await time.pass(.seconds(119))
      #expect(engine.health.current["partners"]?.status == .unhealthy)
      try await time.pass(.seconds(3))
      #expect(engine.health.current["partners"]?.status == .healthy)
      #expect(engine.breaker("partner", key: "b")?.state == .open)
    }
  }

  @Test("One open breaker of many starts the recovery, whose handler finds which")
  func recovery() throws {
    try run { engine, _, _, time in
      try await ask(engine, "a")
      try await time.pass(.seconds(10))
      #expect(contexts.all.isEmpty)
      try? await ask(engine, "b", failing: true)
      try await time.pass(.seconds(10))
      #expect(contexts.all.map(\.breakers) == [["partner{tenant=b}"]])
    }
  }
}

/// What a recovery's handler was called with.
private final class Contexts: Sendable {
  private let state = Mutex<[RecoveryContext]>([])

  var all: [RecoveryContext] { state.withLock { $0 } }

  func note(_ context: RecoveryContext) { state.withLock { $0.append(context) } }
}
