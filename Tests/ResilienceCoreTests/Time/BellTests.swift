import ResilienceCore
import ResilienceTesting
import Testing

@Suite("A bell")
struct BellTests {
  @Test("A ring before somebody listens is heard, and any number of them are one")
  func before() throws {
    try onVirtualTime { time in
      let bell = Bell()
      bell.ring()
      bell.ring()
      #expect(await bell.wait(until: .ms(10), on: .virtual(time)) == .granted)
      #expect(time.now == .ms(0))
      #expect(await bell.wait(until: .ms(10), on: .virtual(time)) == .expired)
      #expect(time.now == .ms(10))
    }
  }

  @Test(
    "A ring wakes who listens; an instant and a cancellation end the listening too, and lose no ring", arguments: 0...9)
  func during(seed: Int) throws {
    try onVirtualTime(seed: UInt64(seed)) { time in
      let bell = Bell()
      try await withThrowingTaskGroup(of: WaitEnd.self) { group in
        group.addTask { await bell.wait(until: .ms(100), on: .virtual(time)) }
        try await VirtualClock(time).sleep(for: .milliseconds(50))
        bell.ring()
        #expect(try await group.next() == .granted)
        group.addTask { await bell.wait(on: .virtual(time)) }
        try await VirtualClock(time).sleep(for: .milliseconds(50))
        group.cancelAll()
        #expect(try await group.next() == .cancelled)
      }
      bell.ring()
      #expect(await bell.wait(on: .virtual(time)) == .granted)
    }
  }

  @Test("With rings from another thread none is lost")
  func threads() async {
    let bell = Bell()
    for _ in 0..<2_000 {
      async let ringing: Void = Task.detached { bell.ring() }.value
      #expect(await bell.wait(on: .system) == .granted)
      await ringing
    }
  }

  @Test("A ring in the moment in which the listener's time is over is heard the next time")
  func ringAtTheEnd() throws {
    try onVirtualTime { time in
      let bell = Bell()
      // Fires after the listener's timer, and before the listener runs again.
      async let first = bell.wait(until: Instant(nanoseconds: 1_000), on: .virtual(time))
      async let ringing: Void = {
        await Task.yield()
        _ = TimeSource.virtual(time).arm(at: Instant(nanoseconds: 1_000), .call { bell.ring() })
      }()
      await ringing
      #expect(await first == .expired)
      #expect(await bell.wait(until: Instant(nanoseconds: 2_000), on: .virtual(time)) == .granted)
    }
  }
}
