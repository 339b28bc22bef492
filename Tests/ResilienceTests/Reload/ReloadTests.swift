import Resilience
import ResilienceTesting
import Synchronization
import Testing

private func policies(attempts: Int = 3, failures: Int = 5) -> String {
  """
  version: 1
  breakers:
    database: {failures: \(failures), open: 60s}
  retries:
    standard: {attempts: \(attempts), backoff: 100ms, jitter: none}
  pipelines:
    read: [{deadline: 2s}, {retry: standard}, {breaker: database}]
  operations:
    users.get: read

  """
}

@Suite("Reloads")
struct ReloadTests {
  @Test("S1: a call in flight finishes on the graph it started with, all its attempts included")
  func inFlight() throws {
    try onVirtualTime { time in
      let text = PolicyText(policies(attempts: 3))
      let engine = try text.engine(on: time)
      let getUser = try engine.policy("users.get")
      let report = CallReport()
      var tries = 0
      await #expect(throws: Refused.self) {
        try await getUser.run(report: report) { () -> Int in
          tries += 1
          if tries == 1 {
            text.write(policies(attempts: 1))
            try await engine.reload()
          }
          throw Refused()
        }
      }
      #expect(report.attempts.count == 3)
      let after = CallReport()
      await #expect(throws: Refused.self) { try await getUser.run(report: after) { () -> Int in throw Refused() } }
      #expect(after.attempts.count == 1)
    }
  }

  @Test("S1: a reload reaches every handle, however many there are, and tells those whose operation is gone")
  func manyHandles() throws {
    try onVirtualTime { time in
      func policies(_ names: Range<Int>, attempts: Int) -> String {
        let operations = names.map { "  o\($0).get: {layers: [{retry: {attempts: \(attempts), backoff: none}}]}\n" }
        return "version: 1\noperations:\n" + operations.joined()
      }
      let text = PolicyText(policies(0..<100, attempts: 2))
      let engine = try text.engine(on: time)
      let handles = try (0..<100).map { try engine.policy("o\($0).get") }
      text.write(policies(0..<90, attempts: 3))
      try await engine.reload()
      for (number, handle) in handles.enumerated() {
        let report = CallReport()
        await #expect(throws: (any Error).self) {
          try await handle.run(report: report) { () -> Int in throw Refused() }
        }
        #expect(report.attempts.count == (number < 90 ? 3 : 0))
      }
    }
  }

  @Test("S2: a result that comes in after a reload is judged by the breaker's current numbers")
  func judgedByCurrentNumbers() throws {
    try onVirtualTime { time in
      let text = PolicyText(policies(attempts: 1, failures: 5))
      let engine = try text.engine(on: time)
      let getUser = try engine.policy("users.get")
      await #expect(throws: Refused.self) {
        try await getUser.run { () -> Int in
          text.write(policies(attempts: 1, failures: 1))
          try await engine.reload()
          throw Refused()
        }
      }
      #expect(engine.breaker("database")?.state == .open)
    }
  }

  @Test("S2: an instance is found again by its name, whatever its numbers are; another name is another instance")
  func identity() async throws {
    let text = PolicyText(policies(failures: 1))
    let engine = try text.engine()
    #expect(throws: Refused.self) { try engine.policy("users.get").runBlocking { throw Refused() } }
    let breaker = try #require(engine.breaker("database"))
    text.write(policies(failures: 7))
    try await engine.reload()
    #expect(engine.breaker("database") === breaker)
    #expect(breaker.state == .open)
    text.write(policies(failures: 7).replacing("database", with: "store"))
    try await engine.reload()
    #expect(engine.breaker("database") == nil)
    #expect(engine.breaker("store")?.state == .closed)
  }

  @Test("S3: the report lists what changed, and what it means in numbers")
  func report() async throws {
    let text = PolicyText(policies())
    let engine = try text.engine()
    text.write(policies(attempts: 2).replacing("  users.get", with: "  users.find: read\n  users.get"))
    let report = try await engine.reload()
    #expect(report.generation == 2)
    #expect(report.sections.first { $0.name == "breakers" }?.kept == ["database"])
    #expect(
      report.description == """
        generation 2
        retries: changed standard
        pipelines: changed read
        operations: added users.find; changed users.get
        users.find: new, at most 2s and 2 attempts
        users.get: at most 2s and 2 attempts, was at most 2s and 3 attempts
        """)
    let nothing = try await engine.reload()
    #expect(nothing.description == "generation 3: nothing changed")
  }

  @Test("A bad file changes nothing, is told in the linter's words, and the next good one is taken")
  func badThenGood() async throws {
    let text = PolicyText(policies())
    let log = EventRecorder()
    let engine = try text.engine(observer: log.observer)
    let breaker = engine.breaker("database")
    text.write(policies().replacing("attempts: 3", with: "attempts: three"))
    let error = await #expect(throws: PolicyFileError.self) { try await engine.reload() }
    #expect(error?.problems.first?.line == 5)
    text.write(nil)
    await #expect(throws: PolicyFileError.self) { try await engine.reload() }
    #expect(engine.generation == 1)
    #expect(engine.breaker("database") === breaker)
    text.write(policies(attempts: 4))
    try await engine.reload()
    #expect(engine.generation == 2)
    let told = log.all.map { event in
      switch event.kind {
      case .reloadRejected(let reason): "rejected \(reason.hasPrefix("policies.yaml"))"
      case .reloadApplied(let summary): "applied \(summary.hasPrefix("generation 2"))"
      default: "other"
      }
    }
    #expect(told == ["rejected true", "rejected true", "applied true"])
  }

  @Test("An environment's overrides apply to every load")
  func environment() throws {
    try onVirtualTime { time in
      let text = PolicyText(policies() + "environments:\n  staging: {retries: {standard: {attempts: 1}}}\n")
      let engine = try text.engine(on: time, environment: "staging")
      let getUser = try engine.policy("users.get")
      let report = CallReport()
      for _ in 0..<2 {
        await #expect(throws: Refused.self) { try await getUser.run(report: report) { () -> Int in throw Refused() } }
        #expect(report.attempts.count == 1)
        try await engine.reload()
      }
    }
  }
}
