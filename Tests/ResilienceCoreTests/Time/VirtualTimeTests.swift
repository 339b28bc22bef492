import Testing

@testable import ResilienceCore

@Suite struct VirtualTimeTests {
  @Test("T1: virtual time stands still until it is advanced")
  func standsStill() {
    let time = VirtualTime()
    #expect(time.now == Instant(nanoseconds: 0))
    time.advance(by: .milliseconds(3))
    #expect(time.now == Instant(nanoseconds: 3_000_000))
    time.advance(to: Instant(nanoseconds: 5))
    #expect(time.now == Instant(nanoseconds: 3_000_000))
  }

  @Test("T3: timers fire by instant, then in the order in which they were armed, each at its own instant")
  func order() {
    let time = VirtualTime()
    let log = Journal()
    for (name, instant) in [("c", 30), ("a", 10), ("b", 10), ("d", 30)] as [(String, UInt64)] {
      _ = time.arm(at: Instant(nanoseconds: instant), .call { log.add("\(name)@\(time.now.nanoseconds)") })
    }
    time.advance(to: Instant(nanoseconds: 29))
    #expect(log.entries == ["a@10", "b@10"])
    #expect(time.armedCount == 2)
    time.advance(to: Instant(nanoseconds: 40))
    #expect(log.entries == ["a@10", "b@10", "c@30", "d@30"])
    #expect(time.armedCount == 0)
  }

  @Test func aTimerArmedByATimerFiresOnTheWay() {
    let time = VirtualTime()
    let log = Journal()
    _ = time.arm(
      at: Instant(nanoseconds: 10),
      .call {
        _ = time.arm(at: Instant(nanoseconds: 20), .call { log.add("second@\(time.now.nanoseconds)") })
      })
    time.advance(to: Instant(nanoseconds: 100))
    #expect(log.entries == ["second@20"])
  }

  @Test func aTimerTakenBackNeverFires() {
    let time = VirtualTime()
    let log = Journal()
    let token = time.arm(at: Instant(nanoseconds: 10), .call { log.add("fired") })
    let taken = time.disarm(token)
    #expect(taken)
    time.advance(by: .seconds(1))
    #expect(log.entries.isEmpty)
  }

  @Test func aTimerThatFiredCannotBeTakenBack() {
    let time = VirtualTime()
    let token = time.arm(at: Instant(nanoseconds: 10), .call {})
    time.advance(by: .seconds(1))
    let taken = time.disarm(token)
    #expect(!taken)
  }

  @Test func advancingToTheNextTimerStopsThere() {
    let time = VirtualTime()
    _ = time.arm(at: Instant(nanoseconds: 10), .call {})
    _ = time.arm(at: Instant(nanoseconds: 20), .call {})
    #expect(time.advanceToNextTimer())
    #expect(time.now == Instant(nanoseconds: 10))
    #expect(time.armedCount == 1)
    #expect(time.advanceToNextTimer())
    #expect(!time.advanceToNextTimer())
    #expect(time.now == Instant(nanoseconds: 20))
  }

  @Test func takingBackWaitsForARunningActionOnAnotherThread() {
    let time = VirtualTime()
    let began = Waiter()
    let mayEnd = Waiter()
    let ended = Tally()
    let token = time.arm(
      at: Instant(nanoseconds: 10),
      .call {
        _ = began.grant()
        _ = mayEnd.block(until: nil, on: .system)
        ended.add()
      })
    #expect(startThread { time.advance(by: .seconds(1)) } != nil)
    #expect(began.block(until: nil, on: .system) == .granted)
    #expect(startThread { _ = mayEnd.grant() } != nil)
    let taken = time.disarm(token)
    #expect(!taken)
    #expect(ended.value == 1)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func firesWhatASortedListWouldFire(seed: UInt64) {
    let chance = Chance(seed: seed)
    var timers = VirtualTimers()
    var oracle: [(number: UInt64, instant: UInt64)] = []
    for _ in 0..<1_000 {
      switch chance.draw(0...3) {
      case 0...1:
        let instant = chance.draw(0...50)
        oracle.append((timers.insert(.call({}), at: Instant(nanoseconds: instant)), instant))
      case 2:
        guard !oracle.isEmpty else { continue }
        let taken = oracle.remove(at: Int(chance.draw(0...UInt64(oracle.count - 1))))
        let first = timers.remove(taken.number)
        let second = timers.remove(taken.number)
        #expect(first != nil && second == nil, "seed \(seed)")
      default:
        let limit = chance.draw(0...50)
        let first = oracle.filter { $0.instant <= limit }.min { ($0.instant, $0.number) < ($1.instant, $1.number) }
        let popped = timers.popFirst(by: Instant(nanoseconds: limit))
        #expect(popped?.number == first?.number, "seed \(seed)")
        oracle.removeAll { $0.number == first?.number }
      }
      #expect(timers.count == oracle.count, "seed \(seed)")
      let next = timers.next
      #expect(next?.nanoseconds == oracle.map(\.instant).min(), "seed \(seed)")
    }
  }
}
