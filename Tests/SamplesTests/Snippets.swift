// The Swift of the pages, word for word: what compiles here works there. `SnippetsTests` compares the two.
import Resilience

private func fetchName(_ id: Int) async throws -> String { "Ada" }
private func fetchPicks() async throws -> [String] { ["lamp"] }
private func counterOnDisk() throws -> Int { 1 }
private func log(_ text: String) {}
private func countCacheEntries() async throws -> Int { 1 }
private func reconnectCache() async throws {}
private func serveRequests() async throws {}
private func openSession() async throws {}

enum ReadMe {
  func serve() async throws {
    let engine = try await ResilienceEngine(policiesAt: "policies.yaml")
    engine.reloadOnHangup()

    let getUser = try engine.policy("users.get")
    let name = try await getUser.run { try await fetchName(42) }
    print(name)
  }
}

enum Reload {
  func follow() async throws {
    let engine = try await ResilienceEngine(policiesAt: "policies.yaml")
    engine.reloadOnHangup()
  }
}

struct Users {
  let getUser: OperationPolicy

  init(_ engine: ResilienceEngine) throws {
    getUser = try engine.policy("users.get")
  }

  func name(of id: Int) async throws -> String {
    try await getUser.run { try await fetchName(id) }
  }
}

func readCounter(_ policy: OperationPolicy) throws -> Int {
  try policy.runBlocking { try counterOnDisk() }
}

struct BadStatus: Error, FailureDescribing {
  let status: Int
  let retryAfter: Duration?

  var failureFacts: FailureFacts? { FailureFacts(http: status, retryAfter: retryAfter) }
}

func nameOrNothing(of id: Int, _ users: Users) async -> String? {
  do {
    return try await users.name(of: id)
  } catch let error as ResilienceError where error.code == .circuitOpen {
    log("users are down, next try in \(error.retryAfter ?? .zero)")
    return nil
  } catch {
    log("no user: \(error)")
    return nil
  }
}

func startEngine() async throws -> ResilienceEngine {
  let engine = try await ResilienceEngine(
    policiesAt: "policies.yaml",
    observer: { event in
      if case .breaker(.opened) = event.kind { log("\(event.name) opened") }
    })
  engine.reloadOnHangup()
  return engine
}

func picks(_ engine: ResilienceEngine) async throws -> [String] {
  let list = try engine.policy("recommendations.list", returning: [String].self)
  return try await list.run { try await fetchPicks() }
}

func serveHealthily() async throws {
  let engine = try await ResilienceEngine(
    policiesAt: "policies.yaml",
    healthChecks: [
      HealthProbe("cache-ping") {
        let entries = try await countCacheEntries()
        return entries > 0 ? .healthy : .degraded("the cache is cold")
      }
    ],
    recoveryHandlers: [
      "cache-reconnect": { _ in try await reconnectCache() },
      "page-on-call": { context in log("\(context.recovery): \(context.condition), \(context.failure ?? "")") },
    ])
  try await withThrowingTaskGroup { group in
    group.addTask { await engine.run() }
    group.addTask { try await serveRequests() }
    try await group.next()
    group.cancelAll()
  }
}

func answer(_ path: String, _ engine: ResilienceEngine) -> (status: Int, body: String) {
  let response = path == "/ready" ? engine.health.readiness : engine.health.response
  return (response.status, response.body)
}

func follow(_ engine: ResilienceEngine) async {
  for await health in engine.health.changes {
    log("\(health.status): \(health.components.map { "\($0.name) is \($0.status)" })")
  }
}

enum Session: Sendable {
  case offline
  case online(pending: Int)
}

func session(_ health: HealthMonitor) -> SelfHealingStateMachine<Session, Int> {
  SelfHealingStateMachine(
    "session", safeState: .offline,
    initialize: {
      try await openSession()
      return .online(pending: 0)
    },
    invariant: { if case .online(let pending) = $0 { pending >= 0 } else { true } },
    transition: { session, change in
      if case .online(let pending) = session { .online(pending: pending + change) } else { session }
    }, health: health)
}

func watchDisk() async {
  let disk = CommandCheck("disk", ["test", "-w", "/var/lib/service"])
  let monitor = HealthMonitor(checks: [disk], HealthCheckSettings(every: .seconds(60), timeout: .seconds(5)))
  await monitor.run()
}
