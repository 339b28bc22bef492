import ResilienceTesting
import Testing

@testable import Resilience

private let simple = """
  version: 1
  breakers:
    database: {failures: 2, open: 60s}
  retries:
    standard: {attempts: 3, backoff: 100ms, jitter: none}
  pipelines:
    read: [{deadline: 2s}, {retry: standard}, {breaker: database}, {timeout: 800ms}]
  operations:
    users.get: read
    "reports.**": read

  """

@Suite("An engine over a file")
struct EngineTests {
  @Test("A policy from a file runs a call, tries again and reports")
  func runs() throws {
    try onVirtualTime { time in
      let engine = try PolicyText(simple).engine(on: time)
      let getUser = try engine.policy("users.get")
      var tries = 0
      let report = CallReport()
      let value = try await getUser.run(report: report) {
        tries += 1
        if tries == 1 { throw Refused() }
        return tries
      }
      #expect(value == 2)
      #expect(report.attempts.count == 2)
      #expect(time.now == Instant(nanoseconds: 100_000_000))
      let blocking = try getUser.runBlocking { 7 }
      #expect(blocking == 7)
    }
  }

  @Test("A breaker of the file opens, and can be watched")
  func breaker() throws {
    try onVirtualTime { time in
      let engine = try PolicyText(simple).engine(on: time)
      let getUser = try engine.policy("users.get")
      #expect(engine.breaker("database")?.state == .closed)
      #expect(engine.breakers.map(\.name) == ["database"])
      await #expect(throws: ResilienceError.self) { try await getUser.run { () -> Int in throw Refused() } }
      #expect(engine.breaker("database")?.state == .open)
      #expect(engine.breaker("nobody") == nil)
    }
  }

  @Test("An unknown operation is an error that names the nearest")
  func unknown() throws {
    let engine = try PolicyText(simple).engine()
    let error = #expect(throws: UnknownOperation.self) { try engine.policy("user.get") }
    #expect(error?.nearest == ["users.get"])
    #expect(error?.description == "no policy for operation `user.get`; nearest: `users.get`")
  }

  @Test("A name that only fits a pattern gets the pattern's policy under its own name")
  func pattern() throws {
    try onVirtualTime { time in
      let engine = try PolicyText(simple).engine(on: time)
      let daily = try engine.policy("reports.daily")
      let weekly = try engine.policy("reports.weekly.europe")
      #expect(daily.name == "reports.daily")
      await #expect(throws: ResilienceError.self) { try await daily.run { () -> Int in throw Refused() } }
      let error = await #expect(throws: ResilienceError.self) { try await weekly.run { 1 } }
      #expect(error?.code == .circuitOpen)
      #expect(error?.operation == "reports.weekly.europe")
    }
  }

  @Test("A file that cannot be used is an error with a line for every reason, as the linter prints them")
  func badFile() throws {
    let text = PolicyText("version: 1\nbreakers:\n  database: {failures: 0, open: 60}\n")
    let error = #expect(throws: PolicyFileError.self) { try text.engine() }
    #expect(error?.problems.map(\.line) == [3, 3])
    #expect(error?.description.hasPrefix("policies.yaml:3:24: error[RP2") == true)
    text.write(nil)
    let missing = #expect(throws: PolicyFileError.self) { try text.engine() }
    #expect(missing?.description == "policies.yaml: error: no such file")
  }

  @Test("An operation that a reload removes finishes running calls and rejects new ones by name")
  func removed() throws {
    try onVirtualTime { time in
      let text = PolicyText(simple)
      let engine = try text.engine(on: time)
      let getUser = try engine.policy("users.get")
      let value = try await getUser.run {
        text.write(simple.replacing("users.get: read", with: "users.find: read"))
        try await engine.reload()
        return 1
      }
      #expect(value == 1)
      let error = await #expect(throws: ResilienceError.self) { try await getUser.run { 1 } }
      #expect(error?.code == .operationRemoved)
      #expect(error?.operation == "users.get")
      text.write(simple)
      try await engine.reload()
      let again = try await getUser.run { 2 }
      #expect(again == 2)
      #expect(engine.generation == 3)
    }
  }

  @Test("An environment that the file has no overrides for is an error, not the base")
  func unknownEnvironment() throws {
    let text = PolicyText(simple + "environments:\n  staging: {retries: {standard: {attempts: 1}}}\n")
    let error = #expect(throws: PolicyFileError.self) { try text.engine(environment: "stagin") }
    #expect(error?.description.contains("stagin") == true)
  }

  @Test(
    "The environment is the one that the program names, else the one of the process, where an empty text is none",
    arguments: [("a", "b", "a"), ("a", nil, "a"), (nil, "b", "b"), (nil, "", nil), (nil, nil, nil)]
      as [(String?, String?, String?)])
  func environment(asked: String?, variable: String?, expected: String?) {
    #expect(PolicySource.environment(asked, orOfProcess: variable) == expected)
  }
}
