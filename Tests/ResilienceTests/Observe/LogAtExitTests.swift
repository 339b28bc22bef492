import Glibc
import Resilience
import ResilienceCore
import Testing

@Suite struct LogAtExitTests {
  @Test func whatWaitsIsWrittenBeforeTheProcessExits() async throws {
    let result = await #expect(processExitsWith: .exitCode(3), observing: [\.standardErrorContent]) {
      let log = EventLog()
      // The second is held back, and comes with the flush.
      for _ in 0..<2 { log.receive(EventSamples.of(.rejected)[0]) }
      exit(3)
    }
    let written = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(written.split(separator: "\n").filter { $0.contains("event=rejected") }.count == 2)
    #expect(written.contains("repeated=1\n"))
  }
}
