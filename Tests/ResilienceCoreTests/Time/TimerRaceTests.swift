import Testing

@testable import ResilienceCore

/// Every order of what the thread that fires timers and the callers who take them back can do.
@Suite("The race between a timer and whoever takes it back")
struct TimerRaceTests {
  private enum Event: CaseIterable {
    case arm, takeBackOldest, takeBackNewest, timePasses, begin, end
  }

  /// What has become of a timer, as its owner and its wheel must agree.
  private enum Fate { case armed, firing, awaited, fired, takenBack }

  private struct Play: ~Copyable {
    private var wheel = TimerWheel()
    private var now: UInt64 = 0
    private var timers: [(handle: TimerWheel.Handle, instant: UInt64, fate: Fate)] = []

    private var firing: Int? { timers.firstIndex { $0.fate == .firing || $0.fate == .awaited } }

    /// Says what is wrong.
    mutating func step(_ event: Event) -> String? {
      switch event {
      case .arm:
        let instant = now + TimerRaceTests.tick * UInt64(timers.count + 1)
        let handle = wheel.insert(.call({}), at: Instant(nanoseconds: instant))
        timers.append((handle, instant, .armed))
      case .takeBackOldest: return takeBack(timers.indices.first)
      case .takeBackNewest: return takeBack(timers.indices.last)
      case .timePasses:
        now += 2 * TimerRaceTests.tick
        wheel.advance(to: Instant(nanoseconds: now))
      case .begin: return begin()
      case .end: return end()
      }
      return wake()
    }

    private mutating func takeBack(_ index: Int?) -> String? {
      guard let index else { return nil }
      let before = timers[index].fate
      switch (wheel.remove(timers[index].handle), before) {
      case (.removed, .armed): timers[index].fate = .takenBack
      case (.firing, .firing), (.firing, .awaited): timers[index].fate = .awaited
      case (.fired, .fired), (.fired, .takenBack): break
      case (.removed, _), (.firing, _), (.fired, _): return "took back a timer that was \(before)"
      }
      return wake()
    }

    /// One thread fires, one timer after the other.
    private mutating func begin() -> String? {
      guard firing == nil else { return nil }
      let due = timers.filter { $0.fate == .armed && $0.instant <= now }
      guard let next = wheel.nextDue() else { return due.isEmpty ? nil : "a timer that is due does not fire" }
      guard let index = timers.firstIndex(where: { $0.handle == next.handle && $0.fate == .armed }) else {
        return "a timer fires that nobody waits for"
      }
      if timers[index].instant > now { return "a timer fires early" }
      timers[index].fate = .firing
      return nil
    }

    private mutating func end() -> String? {
      guard let index = firing else { return nil }
      let isAwaited = wheel.finish(timers[index].handle)
      defer { timers[index].fate = .fired }
      return isAwaited == (timers[index].fate == .awaited) ? nil : "whoever waits for the end is not told"
    }

    /// Nothing wakes the thread while nothing is armed, and while something is it wakes in time.
    private func wake() -> String? {
      let first = timers.filter { $0.fate == .armed }.map(\.instant).min()
      guard let wake = wheel.nextWake else { return first == nil ? nil : "the thread sleeps through a timer" }
      guard let first else { return "the thread wakes for nothing" }
      return wake.nanoseconds <= max(first, now) ? nil : "the thread wakes too late"
    }
  }

  private static let tick: UInt64 = 1 << TimerWheel.tickBits

  @Test("In every order of seven events a timer fires once or is taken back once, and whoever must wait is told")
  func everyOrder() {
    let count = Event.allCases.count
    for code in 0..<(count * count * count * count * count * count * count) {
      var play = Play()
      var rest = code
      for step in 0..<7 {
        let event = Event.allCases[rest % count]
        rest /= count
        guard let fault = play.step(event) else { continue }
        Issue.record("\(fault), order \(code), step \(step): \(event)")
        return
      }
    }
  }
}
