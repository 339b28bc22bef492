// The Swift of the guide to self-healing, word for word, as in `Snippets.swift`.
import Resilience
import ResilienceTesting

private func log(_ text: String) {}

struct Search {
  let breaker = CircuitBreaker("search", .standard)

  func results(for words: String, _ ask: (String) async throws -> [String]) async throws -> [String] {
    try await breaker.run { try await ask(words) }
  }
}

func breakerLines(_ engine: ResilienceEngine) -> [String] {
  engine.breakers.map { breaker in
    let now = breaker.snapshot()
    let next = now.untilProbe.map { ", next probe in \($0)" } ?? ""
    return "\(breaker.name) is \(now.state.rawValue), \(now.run) failures in a row\(next)"
  }
}

struct DatabaseCheck: HealthCheck {
  let name = "database"
  let countReplicas: @Sendable () async throws -> Int

  func check() async throws -> HealthReport {
    let replicas = try await countReplicas()
    let details = ["replicas": "\(replicas)"]
    return replicas > 0 ? .healthy("up", details: details) : .degraded("no replica", details: details)
  }
}

func watchStores(
  _ countReplicas: @escaping @Sendable () async throws -> Int, _ pingCache: @escaping @Sendable () async throws -> Void,
  on time: TimeSource = .system
) -> HealthMonitor {
  let cache = HealthProbe("cache") {
    try await pingCache()
    return .healthy
  }
  let patient = HealthCheckSettings(every: .seconds(10), timeout: .seconds(1), unhealthyAfter: 3, healthyAfter: 2)
  let quick = HealthCheckSettings(
    every: .seconds(5), timeout: .milliseconds(500), degradedAbove: .milliseconds(100), critical: false)
  return HealthMonitor([(DatabaseCheck(countReplicas: countReplicas), patient), (cache, quick)], on: time)
}

func reply(to path: String, _ health: HealthMonitor) -> (status: Int, headers: [String: String], body: String)? {
  let response: HealthResponse
  switch path {
  case "/health": response = health.response
  case "/ready": response = health.readiness
  default: return nil
  }
  return (response.status, ["Content-Type": response.contentType, "Cache-Control": "no-store"], response.body)
}

extension RetrySettings {
  static let sixAttempts = RetrySettings(
    attempts: 6, backoff: .exponential(initial: .milliseconds(100), factor: 2, max: .seconds(10)), jitter: .none)
}

func loadPage(on time: TimeSource = .system, _ fetch: () async throws -> String) async throws -> String {
  try await autoRecover("page.load", .sixAttempts, on: time) { try await fetch() }
}

func suggestions(_ breaker: CircuitBreaker, _ ask: () async throws -> [String]) async throws -> [String] {
  try await breaker.run {
    try await ask()
  } fallback: { error in
    log("suggestions are down: \(error)")
    return ["atlas", "lamp"]
  }
}

func scaling(_ addWorkers: @escaping @Sendable (Int) async throws -> Void) -> [String: RecoveryHandler] {
  [
    "scale-out": { context in
      log("\(context.condition) for \(context.heldFor): \(context.check?.message ?? "")")
      try await addWorkers(context.attempt)
    },
    "page-on-call": { context in log("\(context.recovery) did not help: \(context.failure ?? "")") },
  ]
}

func orders(_ breaker: CircuitBreaker, on time: TimeSource = .system) -> Pipeline {
  Pipeline(
    "orders.get",
    [.deadline(.seconds(2)), .retry(.standard), .breaker(breaker), .timeout(.milliseconds(500))], on: time)
}

struct Greeting: Equatable {
  let name: String
  /// How old the name is; `nil` when it is fresh.
  let age: Duration?
}

func greeting(
  _ user: String, _ load: TypedPolicy<String>, _ fetch: () async throws -> String
) async throws -> Greeting {
  let report = CallReport()
  let name = try await load.run(labels: ["user": user], report: report) { try await fetch() }
  if let fallback = report.fallback { log("\(user) gets \(fallback)") }
  return Greeting(name: name, age: report.fallbackAge)
}

func showsPictures(_ health: HealthMonitor) -> Bool { health.current.status == .healthy }

struct Seats: Equatable, Sendable {
  var free: Int
  var isOpen: Bool

  static let closed = Seats(free: 0, isOpen: false)
}

func seats(
  on time: TimeSource = .system, _ countFree: @escaping @Sendable () async throws -> Int
) -> SelfHealingStateMachine<Seats, Int> {
  SelfHealingStateMachine(
    "seats", safeState: .closed,
    initialize: { Seats(free: try await countFree(), isOpen: true) },
    invariant: { $0.free >= 0 },
    transition: { seats, sold in Seats(free: seats.free - sold, isOpen: true) },
    observers: [{ if case .violated(let sold, _) = $0 { log("\(sold) seats were not there") } }], on: time)
}

struct Down: Error, FailureDescribing {
  var failureFacts: FailureFacts? { FailureFacts(http: 503) }
}

struct Broken: Error { let what: String }

func onlyOneOfTenCallersIsTheProbe(_ settings: CircuitBreakerSettings = .aggressive) throws {
  try exploreInterleavings(seeds: 0..<200) { time in
    let breaker = CircuitBreaker("search", settings, on: .virtual(time))
    let index = FaultScript<Void>(.repeat(3, .fail(Down())), .ok(after: .milliseconds(10))).upstream(on: time)
    for _ in 1...3 { try? await breaker.run { try await index.call() } }
    try await VirtualClock(time).sleep(for: .seconds(30))
    await withTaskGroup { callers in
      for _ in 1...10 {
        callers.addTask { try? await breaker.run { try await index.call() } }
      }
    }
    trace("\(index.calls) calls, \(breaker.state)")
    if index.calls != 4 { throw Broken(what: "\(index.calls - 3) probes") }
  }
}

func noCallIsLongerThanItsDeadline(_ policies: String = "policies.yaml") throws {
  for seed in UInt64(0)..<100 {
    try onVirtualTime(seed: seed) { time in
      let engine = try ResilienceEngine.forTesting(policiesAt: policies, on: time, seed: seed)
      let get = try engine.policy("orders.get")
      let orders = FaultScript<Void>(
        .mix((60, .ok(after: .zero ... .milliseconds(600))), (30, .fail(Down())), (10, .hang))
      ).upstream(on: time, seed: seed)
      for _ in 1...20 {
        let start = time.now
        try? await get.run { try await orders.call() }
        let took = start.duration(to: time.now)
        if took > .seconds(2) { throw Broken(what: "seed \(seed): \(took)") }
      }
    }
  }
}

struct CountEvents: EventSink {
  let count: @Sendable (_ metric: String, _ labels: [String: String]) -> Void

  func receive(_ event: ResilienceEvent) {
    count("resilience_\(event.kind.name.rawValue)_total", ["operation": event.operation, "by": event.name])
  }
}

func startMeasured(_ counting: CountEvents) async throws -> ResilienceEngine {
  try await ResilienceEngine(policiesAt: "policies.yaml", sinks: [EventLog(format: .json), counting])
}
