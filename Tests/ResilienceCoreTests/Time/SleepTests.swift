import ResilienceCore
import ResilienceTesting
import Testing

@Suite struct SleepTests {
  @Test("T1: a sleep lasts until its instant on the clock it was given")
  func sleeps() throws {
    try onVirtualTime { virtual in
      try await TimeSource.virtual(virtual).sleep(until: Instant(nanoseconds: 86_400_000_000_000))
      #expect(virtual.now == Instant(nanoseconds: 86_400_000_000_000))
    }
  }

  @Test("T6: cancelling the caller ends its sleep at once, with a cancellation error")
  func cancellation() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let cancelled = await withTaskGroup(of: Bool.self) { group in
        group.addTask {
          do { try await time.sleep(until: Instant(nanoseconds: 100)) } catch { return true }
          return false
        }
        try? await time.sleep(until: Instant(nanoseconds: 10))
        group.cancelAll()
        return await group.next()
      }
      #expect(cancelled == true)
      #expect(virtual.now == Instant(nanoseconds: 10))
      #expect(virtual.armedCount == 0)
    }
  }

  @Test func aSleepWithoutLengthDoesNotSuspend() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let log = Journal()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { log.add("other task") }
        try await time.sleep(until: time.now)
        log.add("slept")
        try await group.waitForAll()
      }
      #expect(log.entries == ["slept", "other task"])
    }
  }

  @Test func theSystemsSleepEndsAtItsInstantOrLater() async throws {
    let time = TimeSource.system
    for delay in [1, 100_000, 2_000_000] as [UInt64] {
      let instant = time.now.advanced(by: delay)
      try await time.sleep(until: instant)
      #expect(time.now >= instant)
      let next = time.now.advanced(by: delay)
      time.blockThread(until: next)
      #expect(time.now >= next)
    }
  }
}
