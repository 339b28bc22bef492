import Resilience
import ResilienceCore
import ResilienceTesting
import Testing

private struct Unreachable: Error {}

private let policies = """
  version: 1
  breakers: {database: {failures: 2, open: 1s, halfOpen: 1}}
  bulkheads: {places: {concurrent: 2, queue: 5}}
  operations:
    users.get: {layers: [{breaker: database}, {bulkhead: places}]}
    users.slow: {layers: [{timeout: {after: 1s, mode: abandon}}]}
  """

@Suite struct RecorderExpectationTests {
  /// A recorder of a breaker that opened, tried and closed.
  private func recorded() throws -> EventRecorder {
    let recorder = EventRecorder()
    try onVirtualTime { time in
      let engine = try ResilienceEngine.forTesting(policies: policies, on: time, sinks: [recorder])
      let policy = try engine.policy("users.get")
      let upstream = FaultScript(.repeat(2, .fail(Unreachable())), .ok()).upstream(on: time)
      for _ in 0..<3 { try? await policy.run { try await upstream.call() } }
      try await VirtualClock(time).sleep(for: .seconds(1))
      try await policy.run { try await upstream.call() }
    }
    return recorder
  }

  @Test func whatWasDecidedIsFound() throws {
    let recorder = try recorded()
    try recorder.expect(.breakerOpened)
    try recorder.expect(.breakerOpened, by: "database", of: "users.get", times: 1)
    try recorder.expect(.rejected, times: 1)
    try recorder.expectNone(.retryScheduled)
    try recorder.expectInOrder(.breakerOpened, .breakerClosed)
    try recorder.expectTransitions(of: "database", .breakerOpened, .breakerHalfOpened, .breakerClosed)
    #expect(recorder.events(.breaker).count == 4)
    #expect(recorder.events(.breakerClosed).count == 1)
    #expect(recorder.events(of: "users.slow").isEmpty)
  }

  @Test func whatIsMissingIsSaidBesideWhatWasRecorded() throws {
    let recorder = try recorded()
    let failure = #expect(throws: UnmetExpectation.self) { try recorder.expect(.breakerOpened, by: "cache", times: 2) }
    #expect(
      failure?.description == """
        expected breaker_opened by `cache` 2 times, but 0 times; recorded was:
          users.get: breaker `database` opened for 1 s: 2 failures in a row
          users.get: breaker `database` is open, next try in 1 s
          users.get: breaker `database` is half-open
          users.get: breaker `database` closed
        """)
    #expect(throws: UnmetExpectation.self) { try recorder.expectNone(.rejected) }
    #expect(throws: UnmetExpectation.self) { try recorder.expectInOrder(.breakerClosed, .breakerOpened) }
    #expect(throws: UnmetExpectation.self) { try recorder.expectTransitions(of: "database", .breakerOpened) }
    #expect(throws: UnmetExpectation.self) { try EventRecorder().expect(.rejected) }
  }
}

@Suite struct ExpectNothingLeftTests {
  @Test func callsThatEndedLeaveNothing() throws {
    try onVirtualTime { time in
      let recorder = EventRecorder()
      let engine = try ResilienceEngine.forTesting(policies: policies, on: time, sinks: [recorder])
      let policy = try engine.policy("users.get")
      try await policy.run { try await VirtualClock(time).sleep(for: .seconds(2)) }
      try await expectNothingLeft(in: engine, on: time, unasserted: recorder)
    }
  }

  @Test func whatIsLeftIsSaidWithItsOwner() throws {
    try onVirtualTime { time in
      let engine = try ResilienceEngine.forTesting(policies: policies, on: time)
      let policy = try engine.policy("users.get")
      let upstream = FaultScript<Void>(.hang).upstream(on: time)
      await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...3 {
          group.addTask {
            try await time.named("call \(number)") { try await policy.run { try await upstream.call() } }
          }
        }
        group.addTask { try await time.named("sleeper") { try await VirtualClock(time).sleep(for: .seconds(9)) } }
        let failure = await #expect(throws: UnmetExpectation.self) { try await expectNothingLeft(in: engine, on: time) }
        #expect(
          failure?.description == """
            something is left behind:
              bulkhead `places`: 2 of 2 places taken, 1 waiting
              call 1 waits for an upstream that hangs, since 0 us
              call 2 waits for an upstream that hangs, since 0 us
              call 3 waits for a place in bulkhead `places` (operation users.get), since 0 us
              sleeper waits for time to pass, since 0 us, until 9 s
            """)
        group.cancelAll()
        try? await group.waitForAll()
      }
      try await expectNothingLeft(in: engine, on: time)
    }
  }

  @Test func aBodyThatOutlivesItsCallIsLeft() throws {
    try onVirtualTime { time in
      let engine = try ResilienceEngine.forTesting(policies: policies, on: time)
      let policy = try engine.policy("users.slow", returning: Int.self, concurrent: true)
      let upstream = FaultScript(.ok(1, after: .seconds(5), heedsCancellation: false)).upstream(on: time)
      await #expect(throws: ResilienceError.self) { _ = try await policy.run { try await upstream.call() } }
      let failure = await #expect(throws: UnmetExpectation.self) { try await expectNothingLeft(in: engine, on: time) }
      #expect(failure?.description.contains("1 body that may outlive its call still runs") == true)
      try await VirtualClock(time).sleep(for: .seconds(4))
      try await expectNothingLeft(in: engine, on: time)
    }
  }

  @Test func aTransitionThatNoTestExpectedIsLeft() throws {
    try onVirtualTime { time in
      let recorder = EventRecorder()
      let engine = try ResilienceEngine.forTesting(policies: policies, on: time, sinks: [recorder])
      let policy = try engine.policy("users.get")
      for _ in 0..<2 { try? await policy.run { throw Unreachable() } }
      let failure = await #expect(throws: UnmetExpectation.self) {
        try await expectNothingLeft(in: engine, on: time, unasserted: recorder)
      }
      #expect(
        failure?.description == """
          something is left behind:
            no test expected this: users.get: breaker `database` opened for 1 s: 2 failures in a row
          """)
      try recorder.expect(.breakerOpened)
      try await expectNothingLeft(in: engine, on: time, unasserted: recorder)
    }
  }

  @Test func aProbeThatHangsIsLeft() throws {
    try onVirtualTime { time in
      let engine = try ResilienceEngine.forTesting(policies: policies, on: time)
      let policy = try engine.policy("users.get")
      for _ in 0..<2 { try? await policy.run { throw Unreachable() } }
      try await VirtualClock(time).sleep(for: .seconds(1))
      await withThrowingTaskGroup(of: Void.self) { group in
        let upstream = FaultScript<Void>(.hang).upstream(on: time)
        group.addTask { try await policy.run { try await upstream.call() } }
        let failure = await #expect(throws: UnmetExpectation.self) { try await expectNothingLeft(in: engine, on: time) }
        #expect(failure?.description.contains("breaker `database`: 1 probes have not ended") == true)
        group.cancelAll()
      }
    }
  }
}
