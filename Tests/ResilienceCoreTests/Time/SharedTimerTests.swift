import Synchronization
import Testing

@testable import ResilienceCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// These run on the machine's own time, so they ask what must hold however slow the machine is.
@Suite struct SharedTimerTests {
  private let time = TimeSource.system

  @Test("T1: system time is monotonic time")
  func monotonic() {
    let clock = SuspendingClock()
    let outerStart = clock.now
    let start = time.now
    let innerStart = clock.now
    time.blockThread(until: start.advanced(by: 2_000_000))
    let innerEnd = clock.now
    let end = time.now
    let outerEnd = clock.now
    #expect(start.duration(to: end) >= innerStart.duration(to: innerEnd))
    #expect(start.duration(to: end) <= outerStart.duration(to: outerEnd))
  }

  @Test func neverEarly() {
    for delay in [0, 1, 50_000, 1_000_000, 5_000_000] as [UInt64] {
      let instant = time.now.advanced(by: delay)
      let fired = Waiter()
      let early = Tally()
      _ = time.arm(
        at: instant,
        .call {
          if TimeSource.system.now < instant { early.add() }
          _ = fired.grant()
        })
      #expect(fired.block(until: nil, on: time) == .granted)
      #expect(early.value == 0)
    }
  }

  @Test func anEarlierTimerWakesTheThread() {
    let far = time.arm(at: time.now.advanced(by: 3_600_000_000_000), .call {})
    let near = Waiter()
    _ = time.arm(at: time.now.advanced(by: 1_000_000), .call { _ = near.grant() })
    #expect(near.block(until: nil, on: time) == .granted)
    let taken = time.disarm(far)
    #expect(taken)
  }

  @Test func aTimerTakenBackHasNotFired() {
    let fired = Tally()
    for _ in 0..<1_000 {
      let token = time.arm(
        at: time.now.advanced(by: 3_600_000_000_000), .call { fired.add() })
      let taken = time.disarm(token)
      #expect(taken)
    }
    #expect(fired.value == 0)
  }

  @Test func takingBackWaitsForARunningAction() {
    let began = Waiter()
    let mayEnd = Waiter()
    let ended = Tally()
    let token = time.arm(
      at: time.now,
      .call {
        _ = began.grant()
        _ = mayEnd.block(until: nil, on: .system)
        ended.add()
      })
    #expect(began.block(until: nil, on: time) == .granted)
    #expect(startThread { _ = mayEnd.grant() } != nil)
    let taken = time.disarm(token)
    #expect(!taken)
    #expect(ended.value == 1)
  }

  @Test func anActionMayTakeItselfBack() {
    let own = Synchronization.Mutex<TimerToken?>(nil)
    let armed = Waiter()
    let refused = Waiter()
    let token = time.arm(
      at: time.now,
      .call {
        _ = armed.block(until: nil, on: .system)
        guard let token = own.withLock({ $0.take() }) else { return }
        if !TimeSource.system.disarm(token) { _ = refused.grant() }
      })
    var slot = Optional(token)
    own.withLock { $0 = slot.take() }
    _ = armed.grant()
    #expect(refused.block(until: nil, on: time) == .granted)
  }

  @Test func theThreadTakesNoSignals() {
    let done = Waiter()
    let blocked = Tally()
    _ = time.arm(
      at: time.now,
      .call {
        blocked.add(TimerThreadMask.blocked([SIGHUP, SIGTERM, SIGINT, SIGUSR1, SIGCHLD]))
        _ = done.grant()
      })
    #expect(done.block(until: nil, on: time) == .granted)
    #expect(blocked.value == 5)
  }

  @Test func everyTimerOfManyThreadsFiresOnceOrIsTakenBackOnce() {
    let threads = 4
    let each = 10_000
    let fired = Tally()
    let taken = Tally()
    let ended = Tally()
    let done = Waiter()
    for thread in 0..<threads {
      let started = startThread {
        let chance = Chance(seed: UInt64(thread))
        for _ in 0..<each {
          let instant = TimeSource.system.now.advanced(by: chance.draw(0...200_000))
          let token = TimeSource.system.arm(at: instant, .call { fired.add() })
          if TimeSource.system.disarm(token) { taken.add() }
        }
        ended.add()
        if ended.value == threads { _ = done.grant() }
      }
      #expect(started != nil)
    }
    #expect(done.block(until: nil, on: time) == .granted)
    #expect(fired.value + taken.value == threads * each)
  }

  @Test func aHundredThousandTimersAtOnceAllFire() {
    let count = 100_000
    let fired = Tally()
    let done = Waiter()
    let start = time.now
    for number in 0..<count {
      let instant = start.advanced(by: UInt64(number &* 7_919 % count) * 1_000)
      _ = time.arm(
        at: instant,
        .call {
          fired.add()
          if fired.value == count { _ = done.grant() }
        })
    }
    #expect(done.block(until: nil, on: time) == .granted)
  }
}

private enum TimerThreadMask {
  /// How many of these signals the calling thread has blocked.
  static func blocked(_ signals: [Int32]) -> Int {
    var mask = sigset_t()
    unsafe pthread_sigmask(SIG_SETMASK, nil, &mask)
    return signals.count { unsafe sigismember(&mask, $0) == 1 }
  }
}
