import ResilienceCore
import ResilienceTesting
import Testing

@Suite struct OnVirtualTimeTests {
  @Test func anHourPassesAtOnce() throws {
    let elapsed = try onVirtualTime { time in
      try await VirtualClock(time).sleep(for: .seconds(3600))
      return time.now
    }
    #expect(elapsed == Instant(nanoseconds: 3_600_000_000_000))
  }
}
