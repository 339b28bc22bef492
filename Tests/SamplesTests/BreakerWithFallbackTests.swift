import Resilience
import Synchronization
import Testing

@Suite struct BreakerWithFallbackTests {
  private static let usual = ["atlas", "lamp", "kettle"]

  @Test func whenTheServiceIsDownEverybodyGetsTheUsualPicksAtOnce() throws {
    try Trial.of("breaker-with-fallback") { trial in
      let list = try trial.engine.policy("recommendations.list", returning: [String].self)
      let calls = Atomic(0)
      for _ in 1...30 {
        let served = try await list.run {
          calls.add(1, ordering: .relaxed)
          throw BadAnswer()
        }
        #expect(served == Self.usual)
      }
      #expect(calls.load(ordering: .relaxed) == 20)
      #expect(trial.engine.breaker("recommendations")?.state == .open)
      trial.time.advance(by: .seconds(10))
      for _ in 1...3 { #expect(try await list.run { ["sofa"] } == ["sofa"]) }
      #expect(trial.engine.breaker("recommendations")?.state == .closed)
    }
  }

  @Test func aServiceThatHangsIsAsGoodAsOneThatIsDown() throws {
    try Trial.of("breaker-with-fallback") { trial in
      let list = try trial.engine.policy("recommendations.list", returning: [String].self)
      for _ in 1...20 {
        let took = try await trial.milliseconds {
          let served = try await list.run {
            try await trial.hang()
            return []
          }
          #expect(served == Self.usual)
        }
        #expect(took == 300)
      }
      let took = try await trial.milliseconds {
        let served = try await list.run { ["sofa"] }
        #expect(served == Self.usual)
      }
      #expect(took == 0)
    }
  }

  @Test func aRefusalIsTheServicesAnswer() throws {
    try Trial.of("breaker-with-fallback") { trial in
      let list = try trial.engine.policy("recommendations.list", returning: [String].self)
      for _ in 1...30 {
        await #expect(throws: BadAnswer(http: 404)) { try await list.run { throw BadAnswer(http: 404) } }
      }
      #expect(trial.engine.breaker("recommendations")?.state == .closed)
    }
  }
}
