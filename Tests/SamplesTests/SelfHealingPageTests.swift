import Resilience
import ResilienceTesting
import Synchronization
import Testing

/// The code and the files of the guide to self-healing do what the guide says.
@Suite struct SelfHealingPageTests {
  /// The first policy file of the guide that holds a text.
  func file(with text: String) throws -> String {
    let files = try CodeBlock.all(in: "Docs/self-healing.md", language: "yaml").map(\.text)
    return try #require(files.first { $0.contains(text) })
  }

  @Test(
    "Section 1: each preset opens, stays open and closes at its numbers",
    arguments: [("search.find", 5, 60, 2), ("suggestions.list", 3, 30, 1), ("ledger.append", 10, 300, 5)])
  func presets(operation: String, failures: Int, seconds: Int, successes: Int) throws {
    let policies = try file(with: operation)
    try onVirtualTime { time in
      let engine = try ResilienceEngine.forTesting(policies: policies, on: time)
      let policy = try engine.policy(operation)
      let name = try #require(operation.split(separator: ".").first)
      func state() -> BreakerStateName? { engine.breaker(String(name))?.state }
      for failure in 1...failures {
        #expect(state() == .closed, "before failure \(failure)")
        try? await policy.run { throw Down() }
      }
      #expect(state() == .open)
      time.advance(by: .seconds(seconds) - .milliseconds(1))
      await #expect(throws: ResilienceError.self) { try await policy.run {} }
      time.advance(by: .milliseconds(1))
      for success in 1...successes {
        #expect(state() != .closed, "before success \(success)")
        try await policy.run {}
      }
      #expect(state() == .closed)
    }
  }

  @Test("Section 2: an open breaker says so, and when the next probe is")
  func lines() throws {
    let policies = try file(with: "ledger.append")
    try onVirtualTime { time in
      let engine = try ResilienceEngine.forTesting(policies: policies, on: time)
      let list = try engine.policy("suggestions.list")
      for _ in 1...3 { try? await list.run { throw Down() } }
      time.advance(by: .seconds(10))
      let lines = breakerLines(engine)
      #expect(lines.count == 3)
      #expect(lines.contains { $0.hasPrefix("suggestions is open") && $0.hasSuffix("next probe in 20.0 seconds") })
      #expect(lines.contains("ledger is closed, 0 failures in a row"))
    }
  }

  @Test("Section 5: the attempts begin after the waits of the table, in code and in the file without its jitter")
  func backoff() throws {
    let policies = try file(with: "page.load")
    let fixed = policies.replacing("max: 10s", with: "max: 10s, jitter: none")
      .replacing("ratio: 20%", with: "ratio: 20%, floor: 100/s")
    try onVirtualTime { time in
      let begun = Mutex<[Duration]>([])
      func fetch(since start: VirtualClock.Instant) throws -> String {
        begun.withLock { $0.append(start.duration(to: VirtualClock(time).now)) }
        throw BadAnswer()
      }
      let table = [0, 100, 300, 700, 1500, 3100].map { Duration.milliseconds($0) }
      let start = VirtualClock(time).now
      await #expect(throws: BadAnswer()) { try await loadPage(on: .virtual(time)) { try fetch(since: start) } }
      #expect(begun.withLock { $0 } == table)

      begun.withLock { $0 = [] }
      let policy = try ResilienceEngine.forTesting(policies: fixed, on: time).policy("page.load")
      let again = VirtualClock(time).now
      await #expect(throws: BadAnswer()) { try await policy.run { try fetch(since: again) } }
      #expect(begun.withLock { $0 } == table)
    }
  }

  @Test("Section 6: when the callee is down everybody gets the fallback, and soon without asking it")
  func breakerAndFallback() throws {
    try onVirtualTime { time in
      let breaker = CircuitBreaker("suggestions", .aggressive, on: .virtual(time))
      let asked = Atomic(0)
      for _ in 1...10 {
        let served = try await suggestions(breaker) {
          asked.add(1, ordering: .relaxed)
          throw BadAnswer()
        }
        #expect(served == ["atlas", "lamp"])
      }
      #expect(asked.load(ordering: .relaxed) == 3)
      time.advance(by: .seconds(30))
      #expect(try await suggestions(breaker) { ["sofa"] } == ["sofa"])
      #expect(breaker.state == .closed)
    }
  }

  @Test("Section 8: three attempts that hang end before the deadline")
  func layers() throws {
    try onVirtualTime { time in
      let breaker = CircuitBreaker("orders", .standard, on: .virtual(time))
      let calls = FaultScript<Void>(.hang).upstream(on: time)
      let start = time.now
      await #expect(throws: ResilienceError.self) {
        try await orders(breaker, on: .virtual(time)).run { try await calls.call() }
      }
      #expect(calls.calls == 3)
      #expect((.milliseconds(1_500)...(.milliseconds(1_800))).contains(start.duration(to: time.now)))
    }
  }

  @Test("Section 9: a name is fresh, then of before, then nobody's")
  func degrades() throws {
    let policies = try file(with: "profile.name")
    try onVirtualTime { time in
      let load = try ResilienceEngine.forTesting(policies: policies, on: time)
        .policy("profile.name", returning: String.self)
      #expect(try await greeting("ada", load) { "Ada" } == Greeting(name: "Ada", age: nil))
      time.advance(by: .seconds(300))
      #expect(try await greeting("ada", load) { throw Down() } == Greeting(name: "Ada", age: .seconds(300)))
      #expect(try await greeting("grace", load) { throw Down() } == Greeting(name: "guest", age: nil))
      time.advance(by: .seconds(301))
      #expect(try await greeting("ada", load) { throw Down() } == Greeting(name: "guest", age: nil))
    }
  }
}
