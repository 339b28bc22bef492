// The Swift of the pages, word for word: what compiles here works there. `SnippetsTests` compares the two.
import Resilience

private func fetchName(_ id: Int) async throws -> String { "Ada" }
private func fetchPicks() async throws -> [String] { ["lamp"] }
private func counterOnDisk() throws -> Int { 1 }
private func log(_ text: String) {}

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

func bringBack(_ engine: ResilienceEngine) {
  if let breaker = engine.breaker("database") {
    breaker.isolate()  // every call is rejected, from now on
    breaker.close()  // closed, with nothing remembered
    log("\(breaker.snapshot())")  // state, run, window, probes, and how long it is open
  }
  engine.breaker("partner", key: "tenant-a")?.isolate()
}

func picks(_ engine: ResilienceEngine) async throws -> [String] {
  let list = try engine.policy("recommendations.list", returning: [String].self)
  return try await list.run { try await fetchPicks() }
}
