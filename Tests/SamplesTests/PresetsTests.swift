import Resilience
import Synchronization
import Testing

@Suite struct PresetsTests {
  @Test func theStandardRetryMakesThreeAttemptsAndTheStandardBreakerOpensAfterFiveFailures() throws {
    try Trial.of("presets") { trial in
      let count = try trial.engine.policy("inventory.count")
      let attempts = Atomic(0)
      func call() async throws {
        try await count.run {
          attempts.add(1, ordering: .relaxed)
          throw BadAnswer()
        }
      }
      await #expect(throws: BadAnswer()) { try await call() }
      #expect(attempts.load(ordering: .relaxed) == 3)
      await #expect(throws: ResilienceError.self) { try await call() }
      #expect(attempts.load(ordering: .relaxed) == 5)
      #expect(trial.engine.breaker("inventory")?.state == .open)
      trial.time.advance(by: .seconds(60))
      try await count.run {}
      try await count.run {}
      #expect(trial.engine.breaker("inventory")?.state == .closed)
    }
  }

  @Test func theAggressiveBreakerOpensAfterThreeFailuresAndItsFallbackStandsIn() throws {
    try Trial.of("presets") { trial in
      let list = try trial.engine.policy("suggestions.list", returning: [String].self)
      let calls = Atomic(0)
      for _ in 1...5 {
        let served = try await list.run {
          calls.add(1, ordering: .relaxed)
          throw BadAnswer()
        }
        #expect(served == [])
      }
      #expect(calls.load(ordering: .relaxed) == 3)
      trial.time.advance(by: .seconds(30))
      #expect(try await list.run { ["lamp"] } == ["lamp"])
      #expect(try await list.run { ["lamp"] } == ["lamp"])
    }
  }

  @Test func theLedgersBreakerStaysOpenForLongerEachTimeInARow() throws {
    try Trial.of("presets") { trial in
      let append = try trial.engine.policy("ledger.append")
      func fail() async { try? await append.run { throw BadAnswer() } }
      for _ in 1...9 { await fail() }
      #expect(trial.engine.breaker("ledger")?.state == .closed)
      await fail()
      #expect(trial.engine.breaker("ledger")?.state == .open)
      trial.time.advance(by: .seconds(30))
      await fail()
      #expect(trial.engine.breaker("ledger")?.state == .open)
      trial.time.advance(by: .seconds(30))
      await #expect(throws: ResilienceError.self) { try await append.run {} }
      trial.time.advance(by: .seconds(30))
      for _ in 1...5 { try await append.run {} }
      #expect(trial.engine.breaker("ledger")?.state == .closed)
    }
  }
}
