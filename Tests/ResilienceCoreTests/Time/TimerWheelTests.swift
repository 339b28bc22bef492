import Testing

@testable import ResilienceCore

/// One tick of the wheel in nanoseconds.
private let tick: UInt64 = 1 << TimerWheel.tickBits

/// A wheel that expectations can hold.
private final class Wheel {
  private var wheel = TimerWheel()
  var nextWake: Instant? { wheel.nextWake }
  func insert(_ instant: Instant) -> TimerWheel.Handle { wheel.insert(.call({}), at: instant) }
  func advance(to now: Instant) { wheel.advance(to: now) }
  func nextDue() -> TimerWheel.Handle? { wheel.nextDue()?.handle }
  func finish(_ handle: TimerWheel.Handle) -> Bool { wheel.finish(handle) }
  func isFiring(_ handle: TimerWheel.Handle) -> Bool { wheel.isFiring(handle) }

  func remove(_ handle: TimerWheel.Handle) -> String {
    switch wheel.remove(handle) {
    case .removed: "removed"
    case .firing: "firing"
    case .fired: "fired"
    }
  }
}

@Suite struct TimerWheelTests {
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func firesWhatAListWouldFire(seed: UInt64) {
    let chance = Chance(seed: seed)
    let wheel = Wheel()
    var oracle: [TimerWheel.Handle: UInt64] = [:]
    var now = chance.draw(0...(1 << 45))
    wheel.advance(to: Instant(nanoseconds: now))
    for _ in 0..<600 {
      switch chance.draw(0...9) {
      case 0...5:
        let instant = now.addingReportingOverflow(reach(chance)).partialValue
        let handle = wheel.insert(Instant(nanoseconds: instant))
        #expect(oracle[handle] == nil, "seed \(seed)")
        oracle[handle] = instant
      case 6...7:
        guard let handle = oracle.keys.sorted(by: { $0.index < $1.index }).first else { continue }
        #expect(wheel.remove(handle) == "removed", "seed \(seed)")
        oracle[handle] = nil
      default:
        now += reach(chance) / 2
        wheel.advance(to: Instant(nanoseconds: now))
        var fired: Set<TimerWheel.Handle> = []
        while let due = wheel.nextDue() {
          #expect(!wheel.finish(due))
          fired.insert(due)
        }
        let due = oracle.filter { ticks($0.value) <= now / tick }
        #expect(fired == Set(due.keys), "seed \(seed)")
        #expect(due.allSatisfy { $0.value <= now }, "seed \(seed): early")
        for handle in fired { oracle[handle] = nil }
      }
      let first = oracle.values.min()
      #expect((wheel.nextWake == nil) == (first == nil), "seed \(seed)")
      if let wake = wheel.nextWake, let first { #expect(wake.nanoseconds <= ticks(first) * tick, "seed \(seed)") }
    }
  }

  @Test func aTimerIsAtMostATickLate() {
    let wheel = Wheel()
    _ = wheel.insert(Instant(nanoseconds: 5 * tick + 1))
    wheel.advance(to: Instant(nanoseconds: 6 * tick - 1))
    #expect(wheel.nextDue() == nil)
    wheel.advance(to: Instant(nanoseconds: 6 * tick))
    #expect(wheel.nextDue() != nil)
  }

  @Test func aTimerInThePastIsDueAtOnce() {
    let wheel = Wheel()
    wheel.advance(to: Instant(nanoseconds: 100 * tick))
    _ = wheel.insert(Instant(nanoseconds: 3))
    #expect(wheel.nextWake == Instant(nanoseconds: 100 * tick))
    #expect(wheel.nextDue() != nil)
  }

  @Test func theEndOfTimeCanBeArmed() {
    let wheel = Wheel()
    let handle = wheel.insert(.distantFuture)
    wheel.advance(to: Instant(nanoseconds: .max / 2))
    #expect(wheel.nextDue() == nil)
    #expect(wheel.nextWake != nil)
    #expect(wheel.remove(handle) == "removed")
    #expect(wheel.nextWake == nil)
  }

  @Test func aRunningTimerIsWaitedForAndAnEndedOneIsNot() {
    let wheel = Wheel()
    let handle = wheel.insert(Instant(nanoseconds: 1))
    wheel.advance(to: Instant(nanoseconds: tick))
    #expect(wheel.nextDue() == handle)
    #expect(wheel.remove(handle) == "firing")
    #expect(wheel.isFiring(handle))
    #expect(wheel.finish(handle))
    #expect(!wheel.isFiring(handle))
    #expect(wheel.remove(handle) == "fired")
  }

  @Test func aTimerThatIsDueButHasNotBegunCanBeTakenBack() {
    let wheel = Wheel()
    let handle = wheel.insert(Instant(nanoseconds: 1))
    wheel.advance(to: Instant(nanoseconds: tick))
    #expect(wheel.remove(handle) == "removed")
    #expect(wheel.nextDue() == nil)
  }

  @Test func aPlaceThatIsUsedAgainIsAnotherTimer() {
    let wheel = Wheel()
    let first = wheel.insert(Instant(nanoseconds: 1))
    _ = wheel.remove(first)
    let second = wheel.insert(Instant(nanoseconds: 1))
    #expect(first.index == second.index)
    #expect(wheel.remove(first) == "fired")
    #expect(wheel.remove(second) == "removed")
  }

  private func ticks(_ nanoseconds: UInt64) -> UInt64 { nanoseconds / tick + (nanoseconds % tick == 0 ? 0 : 1) }

  /// Reaches of every length, from none to days: each level of the wheel gets its share.
  private func reach(_ chance: Chance) -> UInt64 {
    chance.draw(0...(1 << chance.draw(0...48)))
  }
}
