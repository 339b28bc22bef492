import Resilience
import ResilienceTesting
import Testing

private func policies(_ breaker: String) -> String {
  """
  version: 1
  breakers:
    db: {failures: 2, open: 60s\(breaker)}
  pipelines:
    all: [{deadline: 10h}, {breaker: db}]
  operations:
    users.get: {pipeline: all, target: store}
    users.list: {pipeline: all, target: store}
    "orders.*": all

  """
}

/// Whose calls share a breaker, and what a reload does to that.
@Suite("Breaker scopes")
struct BreakerScopeTests {

  private func fail(_ policy: OperationPolicy, _ labels: [String: String] = [:], times: Int = 2) {
    for _ in 0..<times { _ = try? policy.runBlocking(labels: labels) { throw Refused() } }
  }

  /// Why a call is turned away; `nil` when it is not.
  private func rejection(_ policy: OperationPolicy, _ labels: [String: String] = [:]) -> ResilienceError? {
    do {
      try policy.runBlocking(labels: labels) {}
      return nil
    } catch { return error as? ResilienceError }
  }

  private func isOpen(_ policy: OperationPolicy, _ labels: [String: String] = [:]) -> Bool {
    rejection(policy, labels)?.code == .circuitOpen
  }

  @Test(
    "A name is one breaker; a scope makes one for each operation or target",
    arguments: [
      ("", [true, true, true]), (", scope: operation", [true, false, false]), (", scope: target", [true, true, false]),
    ])
  func sharing(scope: String, expected: [Bool]) throws {
    let engine = try PolicyText(policies(scope)).engine()
    let operations = try ["users.get", "users.list", "orders.place"].map { try engine.policy($0) }
    fail(operations[0])
    #expect(operations.map { isOpen($0) } == expected)
  }

  @Test("M3: a label has a breaker for each value; calls without it share one, which is told once")
  func keyed() throws {
    let events = EventRecorder()
    let engine = try PolicyText(policies(", scope: {key: tenant}")).engine(observer: events.observer)
    let getUser = try engine.policy("users.get")
    fail(getUser, ["tenant": "a"])
    #expect(isOpen(getUser, ["tenant": "a"]))
    #expect(!isOpen(getUser, ["tenant": "b"]))
    #expect(!isOpen(getUser))
    #expect(!isOpen(getUser, ["user": "a"]))
    #expect(rejection(getUser, ["tenant": "a"])?.name == "db{tenant=a}")
    let told = events.all.compactMap { event -> String? in
      switch event.kind {
      case .breaker(.opened): "\(event.name) opened"
      case .rejected(let reason, _): "\(event.name) \(reason)"
      case .labelMissing(let label): "\(event.name) without \(label)"
      default: nil
      }
    }
    #expect(
      told == [
        "db{tenant=a} opened", "db{tenant=a} breaker-open", "db without tenant", "db{tenant=a} breaker-open",
      ])
  }

  @Test("M3: two keyed breakers and a keyed bulkhead in one pipeline each give back their own")
  func several() throws {
    let engine = try PolicyText(
      """
      version: 1
      breakers:
        one: {failures: 1, open: 60s, scope: {key: tenant}}
        two: {failures: 2, open: 60s, scope: {key: tenant}}
      bulkheads:
        places: {concurrent: 1, scope: {key: tenant}}
      operations:
        call: {layers: [{deadline: 10h}, {breaker: two}, {bulkhead: places}, {breaker: one}]}

      """
    ).engine()
    let call = try engine.policy("call")
    fail(call, ["tenant": "a"], times: 1)
    #expect(engine.breaker("one", key: "a")?.state == .open)
    #expect(engine.breaker("two", key: "a")?.snapshot().run == 1)
    engine.breaker("one", key: "a")?.close()
    for _ in 0..<3 { #expect(rejection(call, ["tenant": "a"]) == nil) }
    #expect(engine.breaker("two", key: "a")?.snapshot().run == 0)
    #expect(rejection(call, ["tenant": "b"]) == nil)
  }

  @Test("A breaker of a scope is found by its key, and all of them are listed")
  func found() throws {
    let keyed = try PolicyText(policies(", scope: {key: tenant}")).engine()
    fail(try keyed.policy("users.get"), ["tenant": "a"])
    #expect(keyed.breaker("db", key: "a")?.state == .open)
    #expect(keyed.breaker("db", key: "b")?.state == .closed)
    #expect(keyed.breaker("db")?.state == .closed)
    #expect(keyed.breakers.map(\.name) == ["db", "db{tenant=a}", "db{tenant=b}"])

    let single = try PolicyText(policies(", scope: operation")).engine()
    fail(try single.policy("users.get"))
    #expect(single.breaker("db", key: "users.get")?.state == .open)
    #expect(single.breaker("db", key: "orders.place")?.name == "db{operation=orders.place}")
    #expect(single.breaker("db", key: "nobody") == nil)
    #expect(single.breaker("db") == nil)

    let target = try PolicyText(policies(", scope: target")).engine()
    #expect(target.breaker("db", key: "store")?.name == "db{target=store}")
    #expect(target.breaker("db", key: "nobody") == nil)
    let shared = try PolicyText(policies("")).engine()
    #expect(shared.breaker("db", key: "a") == nil)
  }

  @Test("B14: what is done by hand to one key is in force at once, and told to the observer")
  func byHand() throws {
    let events = EventRecorder()
    let engine = try PolicyText(policies(", scope: {key: tenant}")).engine(observer: events.observer)
    let getUser = try engine.policy("users.get")
    let breaker = try #require(engine.breaker("db", key: "a"))
    breaker.isolate()
    #expect(rejection(getUser, ["tenant": "a"])?.code == .circuitIsolated)
    #expect(rejection(getUser, ["tenant": "b"]) == nil)
    breaker.isolate()
    breaker.reset()
    #expect(rejection(getUser, ["tenant": "a"]) == nil)
    let changes = events.all.compactMap { event -> String? in
      guard case .breaker(let change) = event.kind, let (from, to) = change.transition else { return nil }
      return "\(event.name): \(from.rawValue) to \(to.rawValue), load \(event.generation)"
    }
    #expect(changes == ["db{tenant=a}: closed to isolated, load 1", "db{tenant=a}: isolated to closed, load 1"])
  }

  @Test("Reload, breaker keyed: numbers change for each key, and the state of each is kept")
  func numbers() throws {
    try onVirtualTime { time in
      let text = PolicyText(policies(", scope: {key: tenant}"))
      let engine = try text.engine(on: time)
      let getUser = try engine.policy("users.get")
      fail(getUser, ["tenant": "a"])
      fail(getUser, ["tenant": "b"], times: 1)
      text.write(policies(", scope: {key: tenant}").replacing("open: 60s", with: "open: 90s"))
      try await engine.reload()
      #expect(rejection(getUser, ["tenant": "a"])?.retryAfter == .seconds(90))
      fail(getUser, ["tenant": "b"], times: 1)
      #expect(isOpen(getUser, ["tenant": "b"]))
      fail(getUser, ["tenant": "new"])
      #expect(rejection(getUser, ["tenant": "new"])?.retryAfter == .seconds(90))
    }
  }

  @Test(
    "Reload, breaker scope: an open shared one is not forgotten by those that take its place",
    arguments: [", scope: operation", ", scope: target", ", scope: {key: tenant}"])
  func sharedToMany(scope: String) throws {
    try onVirtualTime { time in
      let text = PolicyText(policies(", halfOpen: {lease: 1s}"))
      let engine = try text.engine(on: time)
      let getUser = try engine.policy("users.get")
      fail(getUser)
      try await VirtualClock(time).sleep(for: .seconds(20))
      text.write(policies(", halfOpen: {lease: 1s}" + scope))
      try await engine.reload()
      for tenant in ["a", "b"] {
        #expect(rejection(getUser, ["tenant": tenant])?.retryAfter == .seconds(40))
      }
      #expect(rejection(try engine.policy("orders.place"))?.retryAfter == .seconds(40))
      try await VirtualClock(time).sleep(for: .seconds(40))
      #expect(rejection(getUser, ["tenant": "a"]) == nil, "a probe")
      #expect(engine.breakers.contains { $0.state == .closed })
      let late = try engine.policy("orders.late")
      fail(late, ["tenant": "late"], times: 1)
      #expect(isOpen(late, ["tenant": "late"]), "one failing probe is enough")
      try await VirtualClock(time).sleep(for: .seconds(60))
      let later = try engine.policy("orders.later")
      fail(later, ["tenant": "later"], times: 1)
      #expect(!isOpen(later, ["tenant": "later"]), "one open time later the old state says nothing")
    }
  }

  @Test("Reload, breaker scope: growth is carried on")
  func growth() throws {
    try onVirtualTime { time in
      func file(_ scope: String) -> String {
        policies(scope).replacing("open: 60s", with: "open: {for: 60s, factor: 2}")
      }
      let text = PolicyText(file(""))
      let engine = try text.engine(on: time)
      let getUser = try engine.policy("users.get")
      fail(getUser)
      try await VirtualClock(time).sleep(for: .seconds(60))
      fail(getUser, times: 1)
      text.write(file(", scope: operation"))
      try await engine.reload()
      #expect(rejection(getUser)?.retryAfter == .seconds(120))
      try await VirtualClock(time).sleep(for: .seconds(120))
      fail(getUser, times: 1)
      #expect(rejection(getUser)?.retryAfter == .seconds(240))
    }
  }

  @Test(
    "Reload, breaker scope: one that takes the place of many begins open when half of them are, and not for one of many",
    arguments: [(["a"], [], true), (["a"], ["b"], true), (["a"], ["b", "c"], false), ([], ["a"], false)]
      as [([String], [String], Bool)])
  func manyToShared(open: [String], closed: [String], expected: Bool) async throws {
    let text = PolicyText(policies(", scope: {key: tenant}"))
    let engine = try text.engine()
    let getUser = try engine.policy("users.get")
    for tenant in open { fail(getUser, ["tenant": tenant]) }
    for tenant in closed { fail(getUser, ["tenant": tenant], times: 1) }
    text.write(policies(""))
    try await engine.reload()
    #expect(isOpen(getUser) == expected)
  }

  @Test("Reload, breaker scope: an isolated one stays so for all who take its place, until the first is closed")
  func isolated() async throws {
    let text = PolicyText(policies(""))
    let engine = try text.engine()
    let getUser = try engine.policy("users.get")
    engine.breaker("db")?.isolate()
    text.write(policies(", scope: {key: tenant}"))
    try await engine.reload()
    try await engine.reload()
    for tenant in ["a", "b"] { #expect(rejection(getUser, ["tenant": tenant])?.code == .circuitIsolated) }
    engine.breaker("db")?.close()
    #expect(rejection(getUser, ["tenant": "a"])?.code == .circuitIsolated, "closed one by one")
    #expect(rejection(getUser, ["tenant": "new"]) == nil)
    engine.breaker("db", key: "a")?.close()
    #expect(rejection(getUser, ["tenant": "a"]) == nil)
  }

  @Test("Reload, breaker scope: a call that runs meanwhile ends in the old one and harms nobody")
  func inFlight() async throws {
    let text = PolicyText(policies(", scope: {key: tenant}"))
    let engine = try text.engine()
    let getUser = try engine.policy("users.get")
    fail(getUser, ["tenant": "a"], times: 1)
    _ = try? await getUser.run(labels: ["tenant": "a"]) {
      text.write(policies(", scope: operation"))
      try await engine.reload()
      throw Refused()
    }
    #expect(engine.breaker("db", key: "users.get")?.snapshot().run == 0)
    #expect(rejection(getUser) == nil)
  }
}
