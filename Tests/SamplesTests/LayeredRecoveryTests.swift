import Resilience
import Synchronization
import Testing

@Suite struct LayeredRecoveryTests {
  @Test func threeAttemptsThatHangFitIntoTheDeadline() throws {
    try Trial.of("layered-recovery") { trial in
      let get = try trial.engine.policy("orders.get")
      let report = CallReport()
      let took = await trial.milliseconds {
        await #expect(throws: ResilienceError.self) { try await get.run(report: report) { try await trial.hang() } }
      }
      #expect(report.attempts.count == 3)
      #expect(report.attempts.map(\.classes) == [["timeout"], ["timeout"], ["timeout"]])
      #expect((1_650...1_800).contains(took), "\(took) ms")
    }
  }

  @Test func aShortFailureIsRiddenOut() throws {
    try Trial.of("layered-recovery") { trial in
      let get = try trial.engine.policy("orders.get")
      let attempts = Atomic(0)
      let answer = try await get.run {
        if attempts.add(1, ordering: .relaxed).newValue < 3 { throw BadAnswer() }
        return "order"
      }
      #expect(answer == "order")
    }
  }

  @Test func anOpenBreakerEndsTheRetriesAtOnce() throws {
    try Trial.of("layered-recovery") { trial in
      let list = try trial.engine.policy("orders.list")
      let attempts = Atomic(0)
      var ends: [String] = []
      for _ in 1...4 {
        do {
          try await list.run {
            attempts.add(1, ordering: .relaxed)
            throw BadAnswer()
          }
        } catch let error as ResilienceError {
          ends.append("\(error.code)")
        } catch {
          ends.append("body")
        }
      }
      #expect(attempts.load(ordering: .relaxed) == 8)
      #expect(ends == ["body", "body", "circuit-open", "circuit-open"])
    }
  }

  @Test func aServersHintIsObeyedUpToItsLimit() throws {
    try Trial.of("layered-recovery") { trial in
      let get = try trial.engine.policy("orders.get")
      func callAnswered(_ answer: BadAnswer) async throws -> (attempts: Int, took: Int) {
        let report = CallReport()
        let took = await trial.milliseconds { try? await get.run(report: report) { throw answer } }
        return (report.attempts.count, took)
      }
      let short = try await callAnswered(BadAnswer(http: 429, retryAfter: .milliseconds(700)))
      #expect(short.attempts == 3)
      #expect(short.took >= 1_400)
      let long = try await callAnswered(BadAnswer(http: 429, retryAfter: .seconds(2)))
      #expect(long.attempts == 1)
      #expect(long.took == 0)
    }
  }

  @Test func aCallersMistakeIsNotTriedAgain() throws {
    try Trial.of("layered-recovery") { trial in
      let get = try trial.engine.policy("orders.get")
      let attempts = Atomic(0)
      for _ in 1...20 {
        await #expect(throws: BadAnswer(http: 400)) {
          try await get.run {
            attempts.add(1, ordering: .relaxed)
            throw BadAnswer(http: 400)
          }
        }
      }
      #expect(attempts.load(ordering: .relaxed) == 20)
      #expect(trial.engine.breaker("orders")?.state == .closed)
    }
  }
}
