// The Swift of the pages, word for word: what compiles here works there. `SnippetsTests` compares the two.
import Resilience
import ResilienceTesting

private func fetchName(_ id: Int) async throws -> String { "Ada" }
private func fetchPicks() async throws -> [String] { ["lamp"] }
private func counterOnDisk() throws -> Int { 1 }
private func log(_ text: String) {}
private func work() async throws {}
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

struct Upstream {
  func status(of route: String) async throws -> Int { 200 }
}

func forward(_ route: String, to upstream: Upstream, by engine: ResilienceEngine) async throws -> Int {
  try await engine.run(route) { try await upstream.status(of: route) }
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

func startLogging() async throws {
  let engine = try await ResilienceEngine(policiesAt: "policies.yaml", sinks: [EventLog()])
  engine.reloadOnHangup()
}

func alert(_ engine: ResilienceEngine) async {
  for await event in engine.events {
    if case .breaker(.opened) = event.kind { log("\(event)") }
  }
}

struct PageOnOpen: EventSink {
  func receive(_ event: ResilienceEvent) {
    if event.kind.name == .breakerOpened { log("\(event.name) is open") }
  }
}

func watch(_ engine: ResilienceEngine) -> EventSubscription {
  engine.add(PageOnOpen())
}

func whenUsersAreDownCallsStopAndComeBack(_ policies: String = "policies.yaml") throws {
  try onVirtualTime { time in
    let recorder = EventRecorder()
    let engine = try ResilienceEngine.forTesting(policiesAt: policies, on: time, sinks: [recorder])
    let getUser = try engine.policy("users.get")
    let upstream = FaultScript(.repeat(8, .fail(BadStatus(status: 503, retryAfter: nil))), .ok("Ada")).upstream(
      on: time)
    while engine.breaker("users")?.state == .closed { _ = try? await getUser.run { try await upstream.call() } }
    try await VirtualClock(time).sleep(for: .seconds(30))
    for _ in 1...2 { _ = try await getUser.run { try await upstream.call() } }
    try recorder.expectTransitions(of: "users", .breakerOpened, .breakerHalfOpened, .breakerClosed)
    try await expectNothingLeft(in: engine, on: time, unasserted: recorder)
  }
}

func twoWorkers(_ policy: OperationPolicy, _ time: VirtualTime) async throws {
  async let first: Void = time.named("worker 1") { try await policy.run { try await work() } }
  async let second: Void = time.named("worker 2") { try await policy.run { try await work() } }
  _ = try await (first, second)
}

struct Oversold: Error {}

actor Stock {
  private var items: Int

  init(items: Int) { self.items = items }

  func take() -> Bool {
    guard items > 0 else { return false }
    items -= 1
    return true
  }
}

func theLastItemIsSoldOnce() throws {
  try exploreInterleavings(seeds: 0..<2_000) { time in
    let stock = Stock(items: 1)
    async let first = stock.take()
    async let second = stock.take()
    let sold = await [first, second].count { $0 }
    trace("sold \(sold)")
    if sold != 1 { throw Oversold() }
  }
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
