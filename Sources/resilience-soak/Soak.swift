import Resilience
import Synchronization

/// Upstreams that fail in turn, users that call and go away, and policies that change each second.
struct Soak: Sendable {
  private static let users = 12
  /// How long healthy upstreams may take to close every breaker, and cancelled bodies to end.
  private static let patience = Duration.seconds(20)
  /// How long nobody calls, to see what runs all the same.
  private static let idleTime = Duration.seconds(3)

  private let options: SoakOptions
  private let upstreams: [Upstream]
  private let engine: ResilienceEngine
  private let text: SharedText
  private let tally = Tally()

  init(_ options: SoakOptions) throws {
    self.options = options
    let text = SharedText(SoakPolicies.text(0))
    self.text = text
    let upstreams = [Upstream("database"), Upstream("search"), Upstream("payments"), Upstream("partner")]
    self.upstreams = upstreams
    let check = HealthProbe("database") {
      _ = try await upstreams[0].call()
      return .healthy
    }
    engine = try ResilienceEngine(
      policiesAt: "policies.yaml", healthChecks: [check], recoveryHandlers: ["reconnect": { _ in }], on: .system
    ) { _ in .success(text.bytes) }
  }

  func run() async throws -> Verdict {
    let operations = try self.operations()
    let start = ContinuousClock.now
    tell("soaking for \(options.length.components.seconds) s; a line each 10 s")
    let healing = Task { [engine] in await engine.run() }
    var observation = Observation()
    await withTaskGroup(of: Observation?.self) { group in
      group.addTask {
        await self.call(operations, until: start + self.options.length)
        return nil
      }
      group.addTask {
        await self.changeMoods(until: start + self.options.length - .seconds(1))
        return nil
      }
      group.addTask { await self.observe(from: start) }
      for await seen in group { if let seen { observation = seen } }
    }
    let stuck = await heal(operations)
    let idle = await idleShare()
    healing.cancel()
    await healing.value
    await settle()
    return verdict(observation, stuck: stuck, idle: idle)
  }

  private func operations() throws -> [SoakOperation] {
    [
      try SoakOperation(returning: "users.get", of: engine, upstreams[0]),
      try SoakOperation("search.query", of: engine, upstreams[1]),
      try SoakOperation(concurrent: "payments.charge", of: engine, upstreams[2]),
      try SoakOperation(concurrent: "partner.ask", of: engine, upstreams[3]),
    ]
  }
}

// MARK: - Running it

extension Soak {
  private func call(_ operations: [SoakOperation], until end: ContinuousClock.Instant) async {
    let thread = BlockingThread()
    thread.start(try? engine.policy("counters.read"), upstreams[0], tally, until: end)
    await withDiscardingTaskGroup { group in
      for _ in 0..<Self.users {
        group.addTask { await Worker(operations: operations, tally: tally).run(until: end) }
      }
    }
    await thread.ended()
  }

  private func changeMoods(until end: ContinuousClock.Instant) async {
    while ContinuousClock.now < end, let mood = Upstream.Mood.allCases.randomElement() {
      upstreams.randomElement()?.become(Bool.random() ? .well : mood)
      try? await Task.sleep(for: .milliseconds(Int.random(in: 100...2_000)))
    }
    for upstream in upstreams { upstream.become(.well) }
  }

  /// Reloads each second and writes down what it sees.
  private func observe(from start: ContinuousClock.Instant) async -> Observation {
    var observation = Observation()
    for second in 1...Int(options.length.components.seconds) {
      try? await Task.sleep(until: start + .seconds(second))
      text.replace(with: SoakPolicies.text(second))
      do {
        try await engine.reload()
        observation.applied += 1
        if SoakPolicies.isBroken(second) { observation.wrongReloads += 1 }
      } catch {
        observation.refused += 1
        if !SoakPolicies.isBroken(second) { observation.wrongReloads += 1 }
      }
      observation.memory.add(Memory.resident)
      // Not before: timers and the like open theirs when they are used first.
      if second == 3 { observation.files = Memory.openFiles }
      if second.isMultiple(of: 10) { printLine(second) }
    }
    return observation
  }

  private func printLine(_ second: Int) {
    let endings = Tally.Ending.allCases.map { "\($0) \(tally.count(of: $0))" }.joined(separator: ", ")
    let states = Dictionary(engine.breakers.map { ($0.state.rawValue, 1) }) { $0 + $1 }
    let breakers = "breakers: " + states.sorted { $0.key < $1.key }.map { "\($1) \($0)" }.joined(separator: ", ")
    tell("\(second) s: \(endings); \(breakers); \((Memory.resident ?? 0) >> 10) KiB")
  }

  /// Calls on with healthy upstreams until every breaker is closed.
  ///
  /// - Returns: The breakers that did not close.
  private func heal(_ operations: [SoakOperation]) async -> [String] {
    text.replace(with: SoakPolicies.text(0))
    _ = try? await engine.reload()
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end, engine.breakers.contains(where: { $0.state != .closed }) {
      await Worker(operations: operations, tally: tally).run(until: ContinuousClock.now + .milliseconds(200))
    }
    return engine.breakers.filter { $0.state != .closed }.map { "\($0.name) \($0.state.rawValue)" }
  }

  /// How much of a processor is used while nobody calls, and health checks and recoveries go on: a task that goes round without a reason
  /// shows here and nowhere else.
  private func idleShare() async -> Double {
    let (start, used) = (ContinuousClock.now, Processor.used)
    try? await Task.sleep(for: Self.idleTime)
    return (Processor.used - used) / (ContinuousClock.now - start)
  }

  /// Waits for bodies that nobody waits for.
  private func settle() async {
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end, engine.abandonedBodyCount > 0 { try? await Task.sleep(for: .milliseconds(20)) }
  }
}

// MARK: - Judging it

extension Soak {
  private func verdict(_ seen: Observation, stuck: [String], idle: Double) -> Verdict {
    let held = engine.bulkheads.filter { $0.use.inUse > 0 || $0.use.queued > 0 }.map(\.name)
    let (filesBefore, filesAfter) = (seen.files, Memory.openFiles)
    return Verdict(checks: [
      .init(
        text: "every call that began has ended", holds: tally.startedCount == tally.endedCount,
        facts: "\(tally.startedCount) began, \(tally.endedCount) ended"),
      .init(
        text: "every way for a call to end was seen",
        holds: Tally.Ending.allCases.allSatisfy { tally.count(of: $0) > 0 },
        facts: Tally.Ending.allCases.map { "\($0) \(tally.count(of: $0))" }.joined(separator: ", ")),
      .init(
        text: "no breaker is stuck", holds: stuck.isEmpty,
        facts: stuck.isEmpty ? "\(engine.breakers.count) closed" : stuck.joined(separator: ", ")),
      .init(
        text: "every place in a bulkhead is free", holds: held.isEmpty,
        facts: held.isEmpty ? "\(engine.bulkheads.count) bulkheads" : held.prefix(5).joined(separator: ", ")),
      .init(
        text: "no body runs without a caller", holds: engine.abandonedBodyCount == 0,
        facts: "\(engine.abandonedBodyCount) run"),
      .init(
        text: "good files were applied and bad ones refused", holds: seen.wrongReloads == 0,
        facts: "\(seen.applied) applied, \(seen.refused) refused"),
      .init(text: "memory did not grow", holds: seen.memory.isFlat, facts: seen.memory.facts),
      .init(
        text: "nothing runs while nobody calls", holds: idle < 0.1,
        facts: "\(Int(idle * 1_000)) thousandths of a processor"),
      .init(
        text: "no file is left open", holds: (filesAfter ?? 0) <= (filesBefore ?? .max),
        facts: "\(filesBefore ?? 0) before, \(filesAfter ?? 0) after"),
    ])
  }
}

/// What was seen from outside while it ran.
private struct Observation: Sendable {
  var applied = 0
  var refused = 0
  /// Good files that were refused, and bad ones that were not.
  var wrongReloads = 0
  var memory = Growth()
  /// Open files while everything ran.
  var files: Int?
}
