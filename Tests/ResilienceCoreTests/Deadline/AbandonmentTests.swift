import ResilienceTesting
import Testing

@testable import ResilienceCore

private let instant = Instant(nanoseconds: 50)

@Suite struct AbandonmentTests {
  @Test("T7: a body that is left alone is the supervisor's, who counts it until it ends")
  func supervised() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let supervisor = Supervisor()
      let log = Journal()
      let result = await withAbandonment(at: instant, on: time, supervisor: supervisor) {
        await time.sleepThroughCancellation(until: Instant(nanoseconds: 100))
        log.add("body ended at \(virtual.now.nanoseconds)")
      } ended: {
        log.add("given back at \(virtual.now.nanoseconds)")
      }
      #expect(result == nil)
      #expect(virtual.now == instant)
      #expect(supervisor.running == 1)
      #expect(log.entries.isEmpty)
      try await time.sleep(until: Instant(nanoseconds: 200))
      #expect(supervisor.running == 0)
      #expect(log.entries == ["body ended at 100", "given back at 100"])
    }
  }

  @Test("D4: the caller of an abandoned body is back at the instant, and the body is cancelled")
  func cancelsBody() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let log = Journal()
      let result = await withAbandonment(at: instant, on: time, supervisor: Supervisor()) {
        do { try await time.sleep(until: Instant(nanoseconds: 100)) } catch {
          log.add("cancelled at \(time.now.nanoseconds)")
        }
      } ended: {
      }
      #expect(result == nil)
      #expect(virtual.now == instant)
      try await time.sleep(until: Instant(nanoseconds: 200))
      #expect(log.entries == ["cancelled at 50"])
    }
  }

  @Test func aBodyThatIsInTimeGivesBackBeforeItsCallerGoesOn() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let supervisor = Supervisor()
      let ended = Tally()
      let result = await withAbandonment(at: instant, on: time, supervisor: supervisor) {
        try await time.sleep(until: Instant(nanoseconds: 20))
        return 7
      } ended: {
        ended.add()
      }
      #expect(ended.value == 1)
      #expect(supervisor.running == 0)
      #expect(result?.ended == Instant(nanoseconds: 20))
      let value = try result?.result.get()
      #expect(value == 7)
      #expect(virtual.armedCount == 0)
    }
  }

  @Test("T6: cancelling the caller ends its waiting at once and cancels the body")
  func callerCancels() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let ended = Tally()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          let result = await withAbandonment(at: instant, on: time, supervisor: Supervisor()) {
            try await time.sleep(until: Instant(nanoseconds: 100))
          } ended: {
            ended.add()
          }
          #expect(result == nil)
          #expect(Task.isCancelled)
          #expect(virtual.now == Instant(nanoseconds: 20))
        }
        try await time.sleep(until: Instant(nanoseconds: 20))
        group.cancelAll()
      }
      try await time.sleep(until: Instant(nanoseconds: 60))
      #expect(ended.value == 1)
      #expect(virtual.armedCount == 0)
    }
  }

  @Test("T4: what a body holds is given back exactly once, however its end and its instant fall together")
  func givesBackOnce() async throws {
    let time = TimeSource.system
    let supervisor = Supervisor()
    let ended = Tally()
    let rounds = 500
    for round in 0..<rounds {
      let start = time.now
      _ = await withAbandonment(at: start.advanced(by: 30_000), on: time, supervisor: supervisor) {
        try await time.sleep(until: start.advanced(by: UInt64(round % 60) * 1_000))
      } ended: {
        ended.add()
      }
    }
    while supervisor.running > 0 || ended.value < rounds { await Task.yield() }
    #expect(ended.value == rounds)
  }
}

extension TimeSource {
  fileprivate func sleepThroughCancellation(until instant: Instant) async {
    await withCheckedContinuation { continuation in
      _ = arm(at: instant, .call { continuation.resume() })
    }
  }
}
