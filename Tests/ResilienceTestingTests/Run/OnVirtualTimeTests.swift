import ResilienceTesting
import Testing

@testable import ResilienceCore

private struct BodyError: Error {}

@Suite struct OnVirtualTimeTests {
  @Test func anHourPassesAtOnce() throws {
    let elapsed = try onVirtualTime { time in
      try await VirtualClock(time).sleep(for: .seconds(3600))
      return time.now
    }
    #expect(elapsed == Instant(nanoseconds: 3_600_000_000_000))
  }

  @Test func theBodysErrorIsThrown() {
    #expect(throws: BodyError.self) { try onVirtualTime { _ in throw BodyError() } }
  }

  @Test("T3: the same seed gives the same trace")
  func traces() throws {
    var traces: [UInt64: Set<String>] = [:]
    for run in 0..<2_000 as Range<UInt64> {
      let seed = run % 50
      traces[seed, default: []].insert(try race(seed: seed))
    }
    for (seed, found) in traces { #expect(found.count == 1, "seed \(seed)") }
    #expect(Set(traces.values.joined()).count > 10, "seeds explore different interleavings")
  }

  @Test("T3: without a seed the tasks that are ready run in the order in which they became so")
  func inOrder() throws {
    let traces = try (0..<100).map { _ in try race(seed: nil) }
    #expect(Set(traces).count == 1)
  }

  @Test func functionsOfEveryIsolationStayInTheRun() throws {
    try onVirtualTime(seed: 5) { time in
      let home = threadNumber()
      let actor = Worker()
      for _ in 0..<20 {
        try await VirtualClock(time).sleep(for: .milliseconds(1))
        #expect(await nonsending() == home)
        #expect(await concurrently() == home)
        #expect(await actor.thread() == home)
        async let child = concurrently()
        #expect(await child == home)
      }
    }
  }

  /// Five tasks that sleep, meet on one actor and are cancelled: a trace of who came when.
  private func race(seed: UInt64?) throws -> String {
    try onVirtualTime(seed: seed) { time in
      let clock = VirtualClock(time)
      let worker = Worker()
      return await withTaskGroup(of: String.self) { group in
        for number in 0..<5 {
          group.addTask {
            try? await clock.sleep(for: .seconds(10 * (number % 3 + 1)))
            return "\(number):\(await worker.next())@\(clock.now.offset)"
          }
        }
        group.addTask {
          let end = await withCancellation(at: Instant(nanoseconds: 25_000_000_000), on: .virtual(time)) {
            try await clock.sleep(for: .seconds(100))
          }
          return "fired \(end.fired) \(await worker.next())@\(clock.now.offset)"
        }
        var trace = ""
        for await entry in group { trace += entry + " " }
        return trace
      }
    }
  }
}

@Suite struct VirtualClockTests {
  @Test func showsTheTimeItIsOf() throws {
    let time = VirtualTime()
    let clock = VirtualClock(time)
    let start = clock.now
    time.advance(by: .milliseconds(1_500))
    #expect(start.duration(to: clock.now) == .milliseconds(1_500))
    #expect(start.advanced(by: .milliseconds(1_500)) == clock.now)
    #expect(start < clock.now)
  }

  @Test func aSleepThatIsOverAlreadyReturns() async throws {
    let time = VirtualTime()
    time.advance(by: .seconds(2))
    try await VirtualClock(time).sleep(until: .init(offset: .seconds(1)))
    try await VirtualClock(time).sleep(until: .init(offset: .seconds(-1)))
  }

  @Test("T6: a cancelled sleep ends at once with a cancellation error")
  func cancellation() throws {
    try onVirtualTime { time in
      let clock = VirtualClock(time)
      await #expect(throws: CancellationError.self) {
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await clock.sleep(for: .seconds(60)) }
          try await clock.sleep(for: .seconds(1))
          group.cancelAll()
          try await group.waitForAll()
        }
      }
      #expect(clock.now.offset == .seconds(1))
    }
  }
}

private func threadNumber() -> UInt { ThreadIdentity.current.bits }

private actor Worker {
  private var count = 0
  func next() -> Int {
    count += 1
    return count
  }
  func thread() -> UInt { threadNumber() }
}

private func nonsending() async -> UInt { threadNumber() }
@concurrent private func concurrently() async -> UInt { threadNumber() }

private func withUnsafeContinuationNeverResumed() async {
  await unsafe withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
}
