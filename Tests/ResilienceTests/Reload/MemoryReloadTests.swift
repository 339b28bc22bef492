import Resilience
import ResilienceTesting
import Testing

private func budget(_ settings: String, name: String = "shared") -> String {
  """
  version: 1
  budgets:
    \(name): {\(settings)}
  retries:
    twice: {attempts: 2, backoff: 1ms, jitter: none, budget: \(name)}
  pipelines:
    call: [{deadline: 2s}, {retry: twice}]
  operations:
    call: call

  """
}

private func lastGood(_ settings: String, name: String = "cached") -> String {
  """
  version: 1
  fallbacks:
    \(name): {lastGood: {\(settings)}}
  pipelines:
    call: [{fallback: \(name)}, {deadline: 2s}]
  operations:
    call: call

  """
}

/// Budgets and last good values across reloads, cell by cell.
@Suite("Reload table: budgets and last good values")
struct MemoryReloadTests {
  private func attempts(of policy: OperationPolicy) async -> Int {
    let report = CallReport()
    await #expect(throws: Refused.self) { try await policy.run(report: report) { () -> Int in throw Refused() } }
    return report.attempts.count
  }

  @Test("Budget, numbers changed: the same counts under the new numbers; another name is another budget")
  func budgets() throws {
    try onVirtualTime { time in
      // One retry an hour, and a share of the first tries of that hour.
      let text = PolicyText(budget("ratio: 50%, floor: 1/h, window: 1h"))
      let engine = try text.engine(on: time)
      let call = try engine.policy("call")
      var counts: [Int] = []
      for _ in 0..<3 { counts.append(await attempts(of: call)) }
      #expect(counts == [2, 2, 1])
      text.write(budget("ratio: 10%, floor: 1/h, window: 1h"))
      try await engine.reload()
      #expect(await attempts(of: call) == 1)
      text.write(budget("ratio: 100%, floor: 1/h, window: 1h"))
      try await engine.reload()
      #expect(await attempts(of: call) == 2)
      text.write(budget("ratio: 10%, floor: 1/h, window: 1h", name: "other"))
      try await engine.reload()
      #expect(await attempts(of: call) == 2)
    }
  }

  private func served(after settings: String, name: String = "cached") throws -> Int? {
    let text = PolicyText(lastGood("maxAge: 10m, key: user"))
    return try onVirtualTime { time in
      let engine = try text.engine(on: time)
      let call = try engine.policy("call", returning: Int.self)
      let labels = ["user": "a", "tenant": "a"]
      _ = try await call.run(labels: labels) { 7 }
      text.write(lastGood(settings, name: name))
      try await engine.reload()
      try await VirtualClock(time).sleep(for: .seconds(60))
      return try? await call.run(labels: labels) { throw Refused() }
    }
  }

  @Test("Last good values: kept when numbers change, and judged by the new ones")
  func kept() throws {
    #expect(try served(after: "maxAge: 10m, key: user") == 7)
    #expect(try served(after: "maxAge: 20m, key: user, entries: 5") == 7)
    #expect(try served(after: "maxAge: 30s, key: user") == nil)
  }

  @Test("Last good values: dropped with another key, and with their fallback")
  func dropped() throws {
    #expect(try served(after: "maxAge: 10m, key: none") == nil)
    #expect(try served(after: "maxAge: 10m, key: tenant") == nil)
    #expect(try served(after: "maxAge: 10m, key: user", name: "other") == nil)
  }
}
