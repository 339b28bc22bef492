import ResilienceCore
import ResilienceTesting
import Testing

private struct BodyError: Error {}

@Suite struct CancellationTests {
  @Test("D4: a cooperative body is cancelled at the instant and awaited")
  func cancelsAtInstant() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let end = await withCancellation(at: Instant(nanoseconds: 50), on: time) {
        try await time.sleep(until: Instant(nanoseconds: 100))
      }
      #expect(end.fired)
      #expect(end.ended == Instant(nanoseconds: 50))
      #expect(throws: CancellationError.self) { _ = try end.result.get() }
      #expect(virtual.armedCount == 0)
    }
  }

  @Test func resultOfABodyThatIsInTimeComesBack() throws {
    try onVirtualTime { virtual in
      let end = await withCancellation(at: Instant(nanoseconds: 50), on: .virtual(virtual)) { 7 }
      #expect(!end.fired)
      let value = try end.result.get()
      #expect(value == 7)
      #expect(virtual.armedCount == 0)
    }
  }
}
