import CAllocationCounter
import Resilience
import ResilienceTesting
import Testing

private let policies = """
  version: 1
  breakers:
    database: {failures: 2, open: 1h}
  operations:
    users.get: {layers: [{retry: {attempts: 2, backoff: none}}]}
    users.list: {layers: [{breaker: database}]}
    tenants.*: {layers: [{retry: {attempts: 2, backoff: none}}]}
    typed: {layers: [{fallback: {value: 1}}]}

  """

/// Runs the first calls by a name that were ever made, and later ones, which find it in another way.
private let turns = 0..<3

@Suite("Calls by name")
struct CallByNameTests {
  @Test("They return what the body does, or throw its error", arguments: ["users.get", "tenants.a"])
  func results(name: String) throws {
    try onVirtualTime { time in
      let engine = try PolicyText(policies).engine(on: time)
      for turn in turns {
        #expect(try await engine.run(name) { turn } == turn)
        #expect(try engine.runBlocking(name) { turn } == turn)
        await #expect(throws: Refused.self) { try await engine.run(name) { throw Refused() } }
        #expect(throws: Refused.self) { try engine.runBlocking(name) { throw Refused() } }
      }
    }
  }

  @Test("Values count as failures as with a handle, and fallbacks serve", arguments: ["users.get", "tenants.a"])
  func everyForm(name: String) throws {
    try onVirtualTime { time in
      let engine = try PolicyText(policies).engine(on: time)
      let (failing, instead) = (Answer(status: 503), Answer(status: 200))
      let odd: (Int) -> FailureFacts? = { $0 % 2 == 0 ? nil : FailureFacts(http: 503) }
      for _ in turns {
        var bodies = 0
        let body = {
          bodies += 1
          return failing
        }
        #expect(try await engine.run(name, body) == failing)
        #expect(try engine.runBlocking(name, body) == failing)
        #expect(try await engine.run(name, body, fallback: { _ in instead }) == instead)
        #expect(try engine.runBlocking(name, body, fallback: { _ in instead }) == instead)
        #expect(bodies == 8)
        var calls = 0
        let count = {
          calls += 1
          return 1
        }
        #expect(try await engine.run(name, classify: odd, count) == 1)
        #expect(try engine.runBlocking(name, classify: odd, count) == 1)
        #expect(try await engine.run(name, classify: odd, count, fallback: { _ in 4 }) == 4)
        #expect(try engine.runBlocking(name, classify: odd, count, fallback: { _ in 4 }) == 4)
        #expect(calls == 8)
        #expect(try await engine.run(name, count, fallback: { _ in 4 }) == 1)
        #expect(try engine.runBlocking(name, { throw Refused() }, fallback: { _ in 4 }) == 4)
        let report = CallReport()
        #expect(try await engine.run(name, report: report, body) == failing)
        #expect(report.attempts.count == 2)
      }
    }
  }

  @Test("What they did to mechanisms is there for calls by handle, and the other way round")
  func mechanisms() throws {
    try onVirtualTime { time in
      let engine = try PolicyText(policies).engine(on: time)
      let handle = try engine.policy("users.list")
      #expect(throws: Refused.self) { try engine.runBlocking("users.list") { throw Refused() } }
      #expect(throws: Refused.self) { try handle.runBlocking { throw Refused() } }
      #expect(engine.breaker("database")?.state == .open)
      for _ in turns {
        let blocking = #expect(throws: ResilienceError.self) { try engine.runBlocking("users.list") { 1 } }
        #expect(blocking?.code == .circuitOpen)
        let asynchronous = await #expect(throws: ResilienceError.self) { try await engine.run("users.list") { 1 } }
        #expect(asynchronous?.code == .circuitOpen)
      }
    }
  }

  @Test("A name that nothing fits, or whose file asks for more, is the error of a look-up, and no fallback stands in")
  func errors() throws {
    try onVirtualTime { time in
      let engine = try PolicyText(policies).engine(on: time)
      for _ in turns {
        #expect(throws: UnknownOperation.self) { try engine.runBlocking("users.gte") { 1 } }
        let unknown = await #expect(throws: UnknownOperation.self) {
          try await engine.run("users.gte") {
            1
          } fallback: { _ in
            2
          }
        }
        #expect(unknown?.nearest == ["users.get"])
        await #expect(throws: PolicyFileError.self) { try await engine.run("typed") { 1 } }
        #expect(try engine.policy("typed", returning: Int.self).runBlocking { 3 } == 3)
      }
    }
  }

  @Test("A call that goes right allocates nothing", .enabled(if: allocation_counter_is_available()))
  func allocation() throws {
    try onVirtualTime { time in
      let engine = try PolicyText(policies).engine(on: time)
      // Written out: a default closure is made anew for each call in builds without optimisation.
      let judge: (Int) -> FailureFacts? = { _ in nil }
      #expect(try await allocations { _ = try await engine.run("users.get", classify: judge) { 1 } } == 0)
      #expect(try await allocations { _ = try engine.runBlocking("users.list", classify: judge) { 1 } } == 0)
    }
  }

  @Test("An operation that a reload removes is gone for calls by name, and back when it is back")
  func removal() throws {
    try onVirtualTime { time in
      let text = PolicyText(policies)
      let engine = try text.engine(on: time)
      #expect(try engine.runBlocking("users.get") { 1 } == 1)
      text.write("version: 1\noperations: {other: {layers: [{deadline: 1s}]}}\n")
      try await engine.reload()
      let error = await #expect(throws: ResilienceError.self) { try await engine.run("users.get") { 1 } }
      #expect(error?.code == .operationRemoved)
      text.write(policies)
      try await engine.reload()
      #expect(try await engine.run("users.get") { 1 } == 1)
    }
  }

  @Test("Calls by name go on while the file is loaded anew")
  func reloads() async throws {
    let text = PolicyText(policies)
    let engine = try text.engine()
    let isOver = Shared(false)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for task in 0..<3 {
        group.addTask {
          var isRight = true
          for number in 0..<20_000 where isRight && !isOver.value {
            let name = ["users.get", "users.list", "tenants.\(task)"][number % 3]
            isRight =
              try await engine.run(name) { number } == number && engine.runBlocking(name) { number } == number
          }
          return isRight
        }
      }
      for round in 0..<100 {
        text.write(policies.replacing(attempts: 2 + round % 3))
        try await engine.reload()
        await Task.yield()
      }
      isOver.change { $0 = true }
      for try await isRight in group { #expect(isRight) }
    }
    #expect(engine.generation == 101)
  }

  @Test("The engine stays until its calls by name have ended, whoever lets it go meanwhile")
  func lastReference() throws {
    try onVirtualTime { time in
      for succeeds in [true, false] {
        var engine: ResilienceEngine? = try PolicyText(policies).engine(on: time)
        weak let observed = engine
        _ = try engine?.runBlocking("users.get") { 1 }
        let blocking = try engine.take()?.runBlocking("users.get") {
          #expect(observed != nil)
          return succeeds
        }
        #expect(blocking == succeeds)
        #expect(observed == nil)

        engine = try PolicyText(policies).engine(on: time)
        weak let again = engine
        _ = try await engine?.run("users.list") { 1 }
        let asynchronous = try? await engine.take()?.run("users.list") {
          try await TimeSource.virtual(time).sleep(until: time.now.advanced(by: 1_000_000))
          #expect(again != nil)
          if !succeeds { throw Refused() }
          return 7
        }
        #expect(asynchronous == (succeeds ? 7 : nil))
        #expect(again == nil)
      }
    }
  }
}

extension String {
  /// The same file with another number of attempts.
  fileprivate func replacing(attempts: Int) -> String {
    split(separator: "attempts: 2", omittingEmptySubsequences: false).joined(separator: "attempts: \(attempts)")
  }
}
