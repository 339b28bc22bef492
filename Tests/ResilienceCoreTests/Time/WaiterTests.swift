import ResilienceTesting
import Testing

@testable import ResilienceCore

@Suite struct WaiterTests {
  @Test func aGrantEndsTheWait() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let waiter = Waiter()
      let end = await withTaskGroup(of: WaitEnd?.self) { group in
        group.addTask { await waiter.wait(until: Instant(nanoseconds: 100), on: time) }
        group.addTask {
          try? await time.sleep(until: Instant(nanoseconds: 40))
          #expect(waiter.grant())
          return nil
        }
        return await group.compactMap(\.self).first { _ in true }
      }
      #expect(end == .granted)
      #expect(virtual.now == Instant(nanoseconds: 40))
      #expect(virtual.armedCount == 0)
      #expect(!waiter.giveUp())
    }
  }

  @Test func aWaitThatNobodyGrantsExpiresAtItsInstant() throws {
    try onVirtualTime { virtual in
      let waiter = Waiter()
      #expect(await waiter.wait(until: Instant(nanoseconds: 100), on: .virtual(virtual)) == .expired)
      #expect(virtual.now == Instant(nanoseconds: 100))
      #expect(!waiter.grant())
      #expect(waiter.giveUp())
    }
  }

  @Test("T6: cancelling the caller stops its waiting at once")
  func cancellation() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let waiter = Waiter()
      let end = await withTaskGroup(of: WaitEnd.self) { group in
        group.addTask { await waiter.wait(until: Instant(nanoseconds: 100), on: time) }
        try? await time.sleep(until: Instant(nanoseconds: 30))
        group.cancelAll()
        return await group.next()
      }
      #expect(end == .cancelled)
      #expect(virtual.now == Instant(nanoseconds: 30))
      #expect(virtual.armedCount == 0)
      #expect(!waiter.grant())
    }
  }

  @Test("D3: the caller's own cancellation wins over an instant that comes with it")
  func cancellationWinsTie() throws {
    for armsFirst in [true, false] {
      try onVirtualTime { virtual in
        let instant = Instant(nanoseconds: 100)
        let end = await withTaskGroup(of: WaitEnd.self) { group in
          group.addTask {
            guard let task = TaskReference.current else { return .granted }
            let cancel = TimerAction.task(task)
            if armsFirst {
              _ = virtual.arm(at: instant, cancel)
            } else {
              _ = virtual.arm(at: Instant(nanoseconds: 10), .call { _ = virtual.arm(at: instant, cancel) })
            }
            return await Waiter().wait(until: instant, on: .virtual(virtual))
          }
          return await group.next()
        }
        #expect(end == .cancelled)
        #expect(virtual.now == instant)
      }
    }
  }

  @Test func aGrantStandsWhateverComesAfterIt() throws {
    try onVirtualTime { virtual in
      let waiter = Waiter()
      #expect(waiter.grant())
      #expect(!waiter.grant())
      #expect(!waiter.giveUp())
      #expect(await waiter.wait(until: Instant(nanoseconds: 0), on: .virtual(virtual)) == .granted)
      #expect(waiter.block(until: Instant(nanoseconds: 0), on: .virtual(virtual)) == .granted)
    }
  }

  @Test func aTaskThatIsCancelledAlreadyDoesNotWait() throws {
    try onVirtualTime { virtual in
      let end = await withTaskGroup(of: WaitEnd.self) { group in
        group.cancelAll()
        group.addTask { await Waiter().wait(until: nil, on: .virtual(virtual)) }
        return await group.next()
      }
      #expect(end == .cancelled)
    }
  }

  @Test func theListenerHearsOfAGrantOnce() {
    let heard = Tally()
    let granted = Waiter { heard.add() }
    #expect(granted.grant())
    #expect(!granted.grant())
    #expect(heard.value == 1)
    let givenUp = Waiter { heard.add() }
    #expect(givenUp.giveUp())
    #expect(!givenUp.grant())
    #expect(heard.value == 1)
  }

  @Test func aBlockedThreadIsWokenByAGrant() {
    let waiter = Waiter()
    #expect(startThread { _ = waiter.grant() } != nil)
    #expect(waiter.block(until: nil, on: .system) == .granted)
  }

  @Test func aBlockedThreadWakesAtItsInstant() {
    let instant = TimeSource.system.now.advanced(by: 2_000_000)
    #expect(Waiter().block(until: instant, on: .system) == .expired)
    #expect(TimeSource.system.now >= instant)
  }

  @Test func aThreadBlockedOnVirtualTimeIsWokenWhenThatAdvances() {
    let virtual = VirtualTime()
    let waiter = Waiter()
    let done = Waiter()
    let expired = Tally()
    let started = startThread {
      if waiter.block(until: Instant(nanoseconds: 1_000_000_000), on: .virtual(virtual)) == .expired { expired.add() }
      _ = done.grant()
    }
    #expect(started != nil)
    while done.end == nil { virtual.advance(by: .milliseconds(1)) }
    #expect(expired.value == 1)
    #expect(virtual.now >= Instant(nanoseconds: 1_000_000_000))
  }

  @Test func aThreadThatIsAloneOnItsTimeMovesIt() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      time.blockThread(until: Instant(nanoseconds: 5_000_000_000))
      #expect(virtual.now == Instant(nanoseconds: 5_000_000_000))
      #expect(virtual.armedCount == 0)
    }
  }

  @Test func aThreadThatIsAloneRunsTheTasksThatItWaitsFor() throws {
    for seed in [nil, 1, 2, 3] as [UInt64?] {
      try onVirtualTime(seed: seed) { virtual in
        let time = TimeSource.virtual(virtual)
        let waiter = Waiter()
        await withTaskGroup(of: Void.self) { group in
          group.addTask {
            try? await time.sleep(until: Instant(nanoseconds: 70))
            _ = waiter.grant()
          }
          #expect(waiter.block(until: Instant(nanoseconds: 100), on: time) == .granted)
          #expect(virtual.now == Instant(nanoseconds: 70))
        }
        #expect(virtual.armedCount == 0)
      }
    }
  }

  @Test func aThreadThatWaitsForNobodyGivesUp() throws {
    try onVirtualTime { virtual in
      #expect(Waiter().block(until: nil, on: .virtual(virtual)) == .cancelled)
    }
  }

  @Test("T4: a grant and its rivals race, and exactly one of them settles the wait")
  func race() async {
    for round in 0..<3_000 {
      let waiter = Waiter()
      let granted = Tally()
      let instant = TimeSource.system.now.advanced(by: UInt64(round % 40) * 1_000)
      let end = await withTaskGroup(of: WaitEnd?.self) { group in
        group.addTask { await waiter.wait(until: instant, on: .system) }
        group.addTask {
          if waiter.grant() { granted.add() }
          return nil
        }
        group.addTask {
          if waiter.grant() { granted.add() }
          return nil
        }
        if round % 3 == 0 { group.cancelAll() }
        return await group.compactMap(\.self).first { _ in true }
      }
      #expect((granted.value == 1) == (end == .granted))
      #expect(granted.value <= 1)
    }
  }

  @Test("T4: blocked threads and their rivals race, and exactly one of them settles the wait")
  func blockingRace() {
    let rounds = 2_000
    let waiters = (0..<rounds).map { _ in Waiter() }
    let done = Waiter()
    let granted = Tally()
    let won = Tally()
    let blocking = startThread {
      for waiter in waiters {
        let instant = TimeSource.system.now.advanced(by: 20_000)
        if waiter.block(until: instant, on: .system) == .granted { won.add() }
      }
      _ = done.grant()
    }
    let granting = startThread {
      for waiter in waiters {
        TimeSource.system.blockThread(until: TimeSource.system.now.advanced(by: 10_000))
        if waiter.grant() { granted.add() }
      }
    }
    #expect(blocking != nil && granting != nil)
    #expect(done.block(until: nil, on: .system) == .granted)
    while waiters.contains(where: { $0.end == nil }) {}
    let settled = waiters.count { $0.end == .granted }
    #expect(won.value == settled)
    #expect(granted.value <= settled)
  }

  @Test("Who comes second to wait is told so, and the first is woken")
  func secondWait() {
    let waiter = Waiter()
    let woken = Log()
    #expect(waiter.whenEnded { woken.add(1) })
    #expect(!waiter.whenEnded { woken.add(2) })
    #expect(waiter.grant())
    #expect(woken.numbers == [1])
  }
}
