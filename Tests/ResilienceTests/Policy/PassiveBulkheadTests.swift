import Resilience
import ResilienceCore
import Synchronization
import Testing

@Suite("A bulkhead on the short way")
struct PassiveBulkheadTests {
  @Test("Whoever leaves while others begin to wait hands its place over: no call is left waiting, and no place is lost")
  func leavesAsOthersQueue() async throws {
    let bulkhead = Bulkhead("search", BulkheadSettings(concurrent: 2, queue: 1_000))
    let pipeline = Pipeline("search.query", [.bulkhead(bulkhead)])
    let bodies = Bodies()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<6 {
        group.addTask {
          for round in 0..<3_000 {
            try await pipeline.run {
              bodies.begin()
              if round.isMultiple(of: 7) { await Task.yield() }
              bodies.end()
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(bodies.most.load(ordering: .sequentiallyConsistent) == 2)
    #expect(bulkhead.inUse == 0)
    #expect(bulkhead.queued == 0)
  }
}

/// How many bodies run, and ran at most.
private final class Bodies: Sendable {
  private let running = Atomic(0)
  let most = Atomic(0)

  func begin() {
    let now = running.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
    _ = most.max(now, ordering: .sequentiallyConsistent)
  }

  func end() { running.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
}
