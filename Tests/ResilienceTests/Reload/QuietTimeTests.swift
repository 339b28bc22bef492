import ResilienceCore
import Testing

@testable import Resilience

private func milliseconds(_ count: UInt64) -> Instant { Instant(nanoseconds: count * 1_000_000) }

@Suite("When a change is over")
struct QuietTimeTests {
  @Test("Nothing is due while nothing moves")
  func still() {
    var quiet = QuietTime()
    #expect(quiet.due == nil)
    let isOver = quiet.isOver(at: milliseconds(1_000))
    #expect(!isOver)
  }

  @Test("Changes close together are one, which is over a tenth of a second after the last")
  func together() {
    var quiet = QuietTime()
    for instant in [0, 60, 120] { quiet.noteChange(at: milliseconds(UInt64(instant))) }
    let ends = [219, 220, 500].map { quiet.isOver(at: milliseconds($0)) }
    #expect(ends == [false, true, false])
  }

  @Test("A file that never rests is taken as it is after two seconds")
  func restless() {
    var quiet = QuietTime()
    for step in 0..<40 { quiet.noteChange(at: milliseconds(UInt64(step) * 50)) }
    #expect(quiet.due == milliseconds(2_000))
    let isOver = quiet.isOver(at: milliseconds(2_000))
    #expect(isOver)
  }
}
