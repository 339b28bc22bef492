import CBenchmarkSupport
import ResilienceCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Scenario {
  static let timers: [Scenario] = [
    Scenario(.timers, "how late a timer fires, 99 of 100") { .figure { Lateness.measured(timers: 500) } },
    Scenario(.timers, "one timer armed and taken back beside 100,000") { .figure { Crowd.measured(100_000) } },
    Scenario(.timers, "wake-ups in a second while nothing is armed") { .figure { Idleness.measured() } },
  ]
}

/// How long after its instant the action of a timer begins.
private enum Lateness {
  static func measured(timers count: Int) -> Figure {
    let late = Mutex<[UInt64]>([])
    let done = Waiter()
    let time = TimeSource.system
    let start = time.now
    for number in 1...count {
      // Far enough from each other that none waits for the one before.
      let instant = start.advanced(by: UInt64(number) * 1_130_000)
      _ = time.arm(
        at: instant,
        .call {
          let nanoseconds = instant.nanoseconds(to: TimeSource.system.now)
          let all = late.withLock { late in
            late.append(nanoseconds)
            return late.count
          }
          if all == count { _ = done.grant() }
        })
    }
    _ = done.block(until: nil, on: time)
    let sorted = late.withLock { $0 }.sorted()
    let microseconds = { (share: Int) in Double(sorted[min(sorted.count * share / 100, sorted.count - 1)]) / 1_000 }
    return Figure(
      value: microseconds(99), unit: "µs",
      note: "half within \(microseconds(50).rounded()) µs, the latest \(microseconds(100).rounded()) µs")
  }
}

/// What a timer costs when very many are armed.
private enum Crowd {
  static func measured(_ count: Int) -> Figure {
    let time = TimeSource.system
    let hour = time.now.advanced(by: 3_600_000_000_000)
    let crowd = Tokens(count, at: hour)
    let rounds = 200_000
    let start = time.now
    for number in 0..<rounds { time.disarm(time.arm(at: hour.advanced(by: UInt64(number)), .call({}))) }
    let each = Double(start.nanoseconds(to: time.now)) / Double(rounds)
    crowd.takeBack()
    return Figure(value: each, unit: "ns")
  }
}

/// Timers that are armed until they are taken back.
private final class Tokens {
  private var tokens: [Int: TokenBox] = [:]

  init(_ count: Int, at instant: Instant) {
    for number in 0..<count {
      tokens[number] = TokenBox(TimeSource.system.arm(at: instant.advanced(by: UInt64(number)), .call({})))
    }
  }

  func takeBack() { for box in tokens.values { box.takeBack() } }
}

private final class TokenBox {
  private var token: TimerToken?

  init(_ token: consuming TimerToken) { self.token = consume token }

  func takeBack() { if let token = token.take() { TimeSource.system.disarm(token) } }
}

/// How often the thread that fires timers wakes up when there is nothing to fire.
private enum Idleness {
  static func measured() -> Figure {
    var least = wakeUpsInASecond()
    // Asking can wake the thread once more when it is asleep again. What wakes up by itself does so every time.
    for _ in 0..<2 where least > 0 { least = min(least, wakeUpsInASecond()) }
    return Figure(value: least, unit: "")
  }

  private static func wakeUpsInASecond() -> Double {
    let before = sleepsOfTimerThread()
    sleep(1)
    let after = sleepsOfTimerThread()
    // It went to sleep once, until it was asked again.
    return max(0, Double(after) - Double(before) - 1)
  }

  /// How often that thread went to sleep by itself, as it says when it fires a timer.
  private static func sleepsOfTimerThread() -> UInt64 {
    let sleeps = Mutex<UInt64>(0)
    let told = Waiter()
    _ = TimeSource.system.arm(
      at: TimeSource.system.now,
      .call {
        let count = sleeps_of_thread()
        sleeps.withLock { $0 = count }
        _ = told.grant()
      })
    _ = told.block(until: nil, on: .system)
    return sleeps.withLock { $0 }
  }
}
