import PolicyCompiler
import Synchronization
import Testing

@testable import Resilience

private func policies(_ round: Int) -> String {
  """
  version: 1
  breakers:
    database: {failures: \(5 + round % 3), open: 1h}
    broken: {failures: 1, open: \(1 + round % 2)h}
  bulkheads:
    places: {concurrent: \(1 + round % 4), queue: 8, order: \(round % 2 == 0 ? "fifo" : "lifo")}
  rateLimiters:
    pace: {rate: \(1_000 + round)/s, burst: \(500_000 + round)}
  retries:
    standard: {attempts: \(2 + round % 3), backoff: none}
  pipelines:
    busy: [{deadline: 2s}, {rateLimit: pace}, {retry: standard}, {breaker: database}, {bulkhead: places}]
    broken: [{breaker: broken}, {timeout: \(1 + round % 5)s}]
  operations:
    busy: busy
    broken: broken
    "\(round % 2 == 0 ? "some" : "other").*": busy

  """
}

/// Set once, from any task.
private final class Flag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}

/// A reference that tells whether its object is gone.
private struct Trace: Sendable {
  weak let graph: PolicyGraph?
}

@Suite("Many reloads under load")
struct ReloadStormTests {
  @Test("200 reloads under 8 tasks of load lose no call, keep no old graph and let no open breaker forget")
  func storm() async throws {
    let text = PolicyText(policies(0))
    let engine = try text.engine()
    let broken = try engine.policy("broken")
    #expect(throws: Refused.self) { try broken.runBlocking { throw Refused() } }
    let end = Flag()
    let lookedUp = try engine.policy("busy")
    var traces = [Trace(graph: engine.state.withLock { $0.graph })]

    try await withThrowingTaskGroup(of: (calls: Int, values: Int, forgotten: Int).self) { group in
      for _ in 0..<8 {
        group.addTask {
          var calls = 0
          var values = 0
          var forgotten = 0
          while !end.isSet, calls < 20_000 {
            let busy = calls % 2 == 0 ? lookedUp : try engine.policy("busy")
            calls += 1
            values += try await busy.run { 1 }
            do {
              forgotten += try await broken.run { 1 }
            } catch let error as ResilienceError where error.code == .circuitOpen {}
          }
          return (calls, values, forgotten)
        }
      }
      defer { end.set() }
      for round in 1...200 {
        text.write(policies(round))
        try await engine.reload()
        traces.append(Trace(graph: engine.state.withLock { $0.graph }))
        await Task.yield()
      }
      end.set()
      for try await (calls, values, forgotten) in group {
        #expect(calls == values)
        #expect(forgotten == 0)
      }
    }

    #expect(engine.generation == 201)
    #expect(engine.breaker("broken")?.state == .open)
    #expect(engine.breaker("database")?.state == .closed)
    let alive = traces.enumerated().filter { $0.element.graph != nil }.map(\.offset)
    #expect(alive == [200])
  }
}
