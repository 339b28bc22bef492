import Resilience
import ResilienceTesting
import Testing

private struct Down: Error {}

private func policies(_ section: String, _ name: String, _ settings: String, _ layers: String) -> String {
  """
  version: 1
  \(section):
    \(name): {\(settings)}
  operations:
    call: {layers: [\(layers.replacing("IT", with: name))]}

  """
}

/// What is called otherwise after a reload goes on with what it remembers.
@Suite("Reload: renamedFrom")
struct RenameTests {
  private func breaker(_ name: String, _ more: String = "") -> String {
    policies("breakers", name, "failures: 1, open: 10h\(more)", "{deadline: 2s}, {breaker: IT}")
  }

  @Test("S2: a breaker that is open stays open under its new name, and the report says what happened and what can go")
  func breakerState() async throws {
    let text = PolicyText(breaker("database"))
    let engine = try text.engine()
    let call = try engine.policy("call")
    #expect(throws: Down.self) { try call.runBlocking { throw Down() } }
    let old = try #require(engine.breaker("database"))
    text.write(breaker("orders", ", renamedFrom: database"))
    let report = try await engine.reload()
    let section = try #require(report.sections.first { $0.name == "breakers" })
    #expect(section.renamed == ["orders (was database)"])
    #expect(section.kept == ["orders"])
    #expect(section.added.isEmpty && section.removed.isEmpty && section.changed.isEmpty)
    #expect(report.removable.isEmpty)
    #expect(engine.breaker("orders") === old)
    #expect(old.name == "orders")
    #expect(throws: ResilienceError.self) { try call.runBlocking {} }

    let again = try await engine.reload()
    #expect(again.removable == ["policies.yaml:3:49: `renamedFrom: database` of breakers.orders can be removed"])
    #expect(again.description.contains("can be removed"))
    #expect(engine.breaker("orders") === old)
  }

  @Test("A breaker of a layer can get a name, and keeps its state")
  func outOfALayer() async throws {
    let text = PolicyText(
      """
      version: 1
      pipelines:
        read: [{deadline: 2s}, {breaker: {failures: 1, open: 10h}}]
      operations:
        call: read

      """)
    let engine = try text.engine()
    let call = try engine.policy("call")
    #expect(throws: Down.self) { try call.runBlocking { throw Down() } }
    text.write(breaker("orders", ", renamedFrom: read/breaker"))
    let report = try await engine.reload()
    #expect(report.sections.first { $0.name == "breakers" }?.renamed == ["orders (was read/breaker)"])
    #expect(throws: ResilienceError.self) { try call.runBlocking {} }
  }

  @Test("S2: a limiter keeps what is left, also that of each key, and goes by its new numbers")
  func limiter() async throws {
    func file(_ name: String, _ more: String) -> String {
      policies(
        "rateLimiters", name, "rate: 1/h, burst: 3, scope: {key: tenant}\(more)", "{deadline: 2s}, {rateLimit: IT}")
    }
    let text = PolicyText(file("partner", ""))
    let engine = try text.engine()
    let call = try engine.policy("call")
    try call.runBlocking(labels: ["tenant": "a"]) {}
    text.write(file("supplier", ", renamedFrom: partner"))
    try await engine.reload()
    var count = 0
    while count < 10, (try? call.runBlocking(labels: ["tenant": "a"]) { count += 1 }) != nil {}
    #expect(count == 2)
    count = 0
    while count < 10, (try? call.runBlocking(labels: ["tenant": "b"]) { count += 1 }) != nil {}
    #expect(count == 3)
  }

  @Test("S2: a bulkhead keeps who is in it, under its new name for every key")
  func bulkhead() throws {
    @Sendable func file(_ name: String, _ more: String) -> String {
      policies("bulkheads", name, "concurrent: 1, scope: {key: tenant}\(more)", "{deadline: 2h}, {bulkhead: IT}")
    }
    try onVirtualTime { time in
      let text = PolicyText(file("tenants", ""))
      let engine = try text.engine(on: time)
      let call = try engine.policy("call")
      async let running: Void = call.run(labels: ["tenant": "a"]) {
        try await VirtualClock(time).sleep(for: .seconds(60))
      }
      try await VirtualClock(time).sleep(for: .seconds(1))
      text.write(file("customers", ", renamedFrom: tenants"))
      try await engine.reload()
      #expect(engine.bulkheads.map(\.name) == ["customers", "customers{tenant=a}"])
      #expect(engine.bulkhead("customers{tenant=a}")?.inUse == 1)
      await #expect(throws: ResilienceError.self) { try await call.run(labels: ["tenant": "a"]) {} }
      try await call.run(labels: ["tenant": "b"]) {}
      #expect(engine.bulkhead("customers{tenant=b}") != nil)
      try await running
    }
  }

  @Test("S2: a budget keeps its counts")
  func budget() async throws {
    func file(_ name: String, _ more: String) -> String {
      """
      version: 1
      budgets:
        \(name): {ratio: 1%, floor: 1/h, window: 1h\(more)}
      operations:
        call: {layers: [{deadline: 2s}, {retry: {attempts: 2, backoff: none, budget: \(name)}}]}

      """
    }
    let text = PolicyText(file("shared", ""))
    let engine = try text.engine()
    let call = try engine.policy("call")
    func tries() -> Int {
      var count = 0
      try? call.runBlocking {
        count += 1
        throw Down()
      }
      return count
    }
    #expect(tries() == 2)
    #expect(tries() == 1)
    text.write(file("dependency", ", renamedFrom: shared"))
    try await engine.reload()
    #expect(tries() == 1)
    text.write(file("fresh", ""))
    try await engine.reload()
    #expect(tries() == 2)
  }

  @Test("S2: a last good value is kept")
  func lastGood() async throws {
    func file(_ name: String, _ more: String) -> String {
      policies("fallbacks", name, "lastGood: {maxAge: 1h, key: none}\(more)", "{fallback: IT}, {deadline: 2s}")
    }
    let text = PolicyText(file("cached", ""))
    let engine = try text.engine()
    let call = try engine.policy("call", returning: Int.self)
    #expect(try call.runBlocking { 7 } == 7)
    text.write(file("kept", ", renamedFrom: cached"))
    let report = try await engine.reload()
    #expect(report.sections.first { $0.name == "fallbacks" }?.renamed == ["kept (was cached)"])
    #expect(try call.runBlocking { throw Down() } == 7)
  }

  @Test("A renamed element with other numbers is changed too; one without an old one is new")
  func changed() async throws {
    let text = PolicyText(breaker("database"))
    let engine = try text.engine()
    text.write(breaker("orders", ", halfOpen: 3, renamedFrom: database"))
    let changed = try #require(await engine.reload().sections.first { $0.name == "breakers" })
    #expect(changed.changed == ["orders"] && changed.renamed == ["orders (was database)"])
    text.write(breaker("bills", ", renamedFrom: never"))
    let report = try await engine.reload()
    let section = try #require(report.sections.first { $0.name == "breakers" })
    #expect(section.added == ["bills"] && section.removed == ["orders"] && section.renamed.isEmpty)
    #expect(report.removable.count == 1)
  }
}
