import Resilience
import ResilienceTesting
import Testing

private func policies(_ breaker: String) -> String {
  """
  version: 1
  breakers:
    database: {\(breaker)}
  pipelines:
    read: [{deadline: 2s}, {breaker: database}]
  operations:
    users.get: read

  """
}

/// Breakers across reloads, cell by cell.
@Suite("Reload table: breakers")
struct BreakerReloadTests {
  private func fail(_ policy: OperationPolicy, times: Int = 1) async {
    for _ in 0..<times {
      await #expect(throws: Refused.self) { try await policy.run { () -> Int in throw Refused() } }
    }
  }

  private func untilNextProbe(_ policy: OperationPolicy) async -> Duration? {
    await #expect(throws: ResilienceError.self) { try await policy.run { 1 } }?.retryAfter
  }

  @Test("Unchanged: the same object")
  func unchanged() async throws {
    let text = PolicyText(policies("failures: 2, open: 60s"))
    let engine = try text.engine()
    let breaker = try #require(engine.breaker("database"))
    text.write("# moved down\n" + policies("failures: 2, open: 1m"))
    try await engine.reload()
    #expect(engine.breaker("database") === breaker)
  }

  @Test("Numbers changed: the run is kept, and judged at the next result only")
  func judgedAtNextResult() throws {
    try onVirtualTime { time in
      let text = PolicyText(policies("failures: 5, open: 60s"))
      let engine = try text.engine(on: time)
      let getUser = try engine.policy("users.get")
      await fail(getUser, times: 3)
      text.write(policies("failures: 2, open: 60s"))
      try await engine.reload()
      #expect(engine.breaker("database")?.state == .closed)
      await fail(getUser)
      #expect(engine.breaker("database")?.state == .open)
    }
  }

  @Test(
    "Numbers changed: what is left of the open time is the new one less what has passed, never negative",
    arguments: [("90s", 70), ("30s", 10), ("20s", nil), ("5s", nil)] as [(String, Int?)])
  func openTime(open: String, left: Int?) throws {
    try onVirtualTime { time in
      let text = PolicyText(policies("failures: 1, open: 60s"))
      let engine = try text.engine(on: time)
      let getUser = try engine.policy("users.get")
      await fail(getUser)
      try await VirtualClock(time).sleep(for: .seconds(20))
      text.write(policies("failures: 1, open: \(open)"))
      try await engine.reload()
      #expect(engine.breaker("database")?.state == .open)
      if let left {
        #expect(await untilNextProbe(getUser) == .seconds(left))
      } else {
        let probe = try await getUser.run { 1 }
        #expect(probe == 1)
        #expect(engine.breaker("database")?.state == .closed)
      }
    }
  }

  @Test("Window changed: the state stays, the window starts anew")
  func window() throws {
    try onVirtualTime { time in
      let text = PolicyText(policies("failureRate: 50%, window: 20, minimumCalls: 4, open: 60s"))
      let engine = try text.engine(on: time)
      let getUser = try engine.policy("users.get")
      await fail(getUser, times: 3)
      text.write(policies("failureRate: 50%, window: 30, minimumCalls: 4, open: 60s"))
      try await engine.reload()
      await fail(getUser, times: 3)
      #expect(engine.breaker("database")?.state == .closed)
      await fail(getUser)
      #expect(engine.breaker("database")?.state == .open)
      text.write(policies("failureRate: 50%, window: 1m, minimumCalls: 4, open: 60s"))
      try await engine.reload()
      #expect(engine.breaker("database")?.state == .open)
      #expect(await untilNextProbe(getUser) == .seconds(60))
    }
  }

  @Test("Removed: it goes after its last call")
  func removed() throws {
    try onVirtualTime { time in
      let text = PolicyText(policies("failures: 1, open: 60s"))
      let engine = try text.engine(on: time)
      let getUser = try engine.policy("users.get")
      weak let breaker = engine.breaker("database")
      try await getUser.run {
        text.write(policies("failures: 1, open: 60s").replacing("database", with: "store"))
        try await engine.reload()
        #expect(breaker != nil)
      }
      // Calls of other tests may hold it for longer: what is retired goes with the last reader that came before.
      for _ in 0..<1_000_000 where breaker != nil { await Task.yield() }
      #expect(breaker == nil)
    }
  }
}
