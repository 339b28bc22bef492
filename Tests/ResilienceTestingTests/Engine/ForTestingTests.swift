import Resilience
import ResilienceCore
import ResilienceTesting
import Testing

private struct Unreachable: Error {}

@Suite struct ForTestingTests {
  private func policies(failures: Int) -> String {
    """
    version: 1
    breakers: {database: {failures: \(failures), open: 1s}}
    operations: {users.get: {layers: [{breaker: database}]}}
    """
  }

  @Test func aTestChangesTheFilesUnderARunningEngine() throws {
    try onVirtualTime { time in
      let files = PolicyFiles(policies(failures: 5))
      let engine = try ResilienceEngine.forTesting(files, on: time)
      let policy = try engine.policy("users.get")
      try? await policy.run { throw Unreachable() }
      #expect(engine.breaker("database")?.state == .closed)
      files["policies.yaml"] = policies(failures: 2)
      try await engine.reload()
      try? await policy.run { throw Unreachable() }
      #expect(engine.breaker("database")?.state == .open)
      files["policies.yaml"] = nil
      await #expect(throws: PolicyFileError.self) { try await engine.reload() }
    }
  }

  @Test func filesIncludeEachOther() throws {
    try onVirtualTime { time in
      let files = PolicyFiles(
        [
          "main.yaml": "version: 1\ninclude: [breakers.yaml]\noperations: {users.get: {layers: [{breaker: database}]}}",
          "breakers.yaml": "version: 1\nbreakers: {database: {failures: 1, open: 1s}}",
        ], main: "main.yaml")
      let engine = try ResilienceEngine.forTesting(files, on: time)
      #expect(engine.breakers.map(\.name) == ["database"])
    }
  }

  @Test("T3: the same seed draws the same jitter")
  func seeds() throws {
    func waits(seed: UInt64) throws -> [Duration] {
      try onVirtualTime { time in
        let recorder = EventRecorder()
        let engine = try ResilienceEngine.forTesting(
          policies: """
            version: 1
            operations: {users.get: {idempotent: true, layers: [{retry: {attempts: 5, backoff: {initial: 1s}}}]}}
            """, on: time, seed: seed, sinks: [recorder])
        let policy = try engine.policy("users.get")
        try? await policy.run { throw Unreachable() }
        return recorder.all.compactMap { event in
          if case .retryScheduled(_, _, let delay, _) = event.kind { delay } else { nil }
        }
      }
    }
    #expect(try waits(seed: 1).count == 4)
    #expect(try waits(seed: 1) == waits(seed: 1))
    #expect(try waits(seed: 1) != waits(seed: 2))
  }
}
