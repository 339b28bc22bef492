import Resilience
import ResilienceTesting
import Synchronization
import Testing

#if THREAD_SANITIZER
  import ResilienceCore
#endif

private func settings(
  every: Duration = .seconds(10), timeout: Duration = .seconds(1), unhealthyAfter: Int = 1, critical: Bool = true
) -> HealthCheckSettings {
  HealthCheckSettings(
    every: every, timeout: timeout, jitter: .zero, unhealthyAfter: unhealthyAfter, critical: critical)
}

@Suite("A health monitor")
struct HealthMonitorTests {
  @Test("It asks at once and then in its rhythm, and says what all checks come to")
  func asks() throws {
    try onVirtualTime { time in
      let (database, cache) = (Patient("database", on: time), Patient("cache", on: time))
      let monitor = HealthMonitor(
        [(database, settings()), (cache, settings(every: .seconds(3), critical: false))], on: .virtual(time))
      #expect(monitor.current["cache"]?.status == .unknown)
      #expect(monitor.readiness.status == 503)
      try await alongside(monitor.run) {
        try await time.pass(.seconds(1))
        #expect(monitor.current.status == .healthy)
        #expect(monitor.readiness.status == 200)
        cache.set(.unhealthy("gone"))
        try await time.pass(.seconds(3))
        #expect(monitor.current.status == .degraded)
        #expect(monitor.response.status == 200)
        database.fail(Refused())
        try await time.pass(.seconds(7))
        #expect(monitor.status == .unhealthy)
        #expect(monitor.response.status == 503)
        #expect(monitor.current["database"]?.message == "Refused()")
        #expect(monitor.current["database"]?.answeredAt == WallTime(milliseconds: 10_000))
      }
      #expect(database.asked.map(\.nanoseconds) == [0, 10_000_000_000])
      #expect(cache.asked.map(\.nanoseconds) == [0, 3, 6, 9].map { $0 * 1_000_000_000 })
    }
  }

  @Test("A probe that ends in the moment of its timeout is followed by the next", arguments: 0..<20)
  func endsAtTimeout(seed: Int) throws {
    try onVirtualTime(seed: UInt64(seed)) { time in
      let (slow, deaf) = (Patient("slow", on: time), Patient("deaf", on: time))
      slow.set(.healthy, takes: .seconds(1))
      // Its timeout is over once more when it ends.
      deaf.set(.healthy, takes: .seconds(11), heedsCancellation: false)
      let monitor = HealthMonitor([(slow, settings()), (deaf, settings())], on: .virtual(time))
      try await alongside(monitor.run) { try await time.pass(.seconds(65)) }
      #expect(slow.asked.count == 7)
      #expect(deaf.asked.count == 6)
    }
  }

  @Test(
    "C1: a check that takes too long is cancelled and unhealthy at its timeout; it delays no other", arguments: 0...9)
  func sideBySide(seed: Int) throws {
    try onVirtualTime(seed: UInt64(seed)) { time in
      let (slow, quick) = (Patient("slow", on: time), Patient("quick", on: time))
      slow.set(.healthy, takes: .seconds(60))
      let monitor = HealthMonitor(
        [(slow, settings()), (quick, settings(every: .milliseconds(100)))], on: .virtual(time))
      try await alongside(monitor.run) {
        try await time.pass(.milliseconds(1_050))
        #expect(monitor.current["slow"]?.status == .unhealthy)
        #expect(monitor.current["slow"]?.message == "timed out after 1 s")
        #expect(slow.running == 0)
        #expect(quick.asked.count == 11)
      }
    }
  }

  @Test(
    "C2: a check that hangs and heeds nothing is unhealthy all the same, is never asked twice at once, and comes back")
  func hanging() throws {
    try onVirtualTime { time in
      let check = Patient("stuck", on: time)
      check.set(.healthy, takes: .seconds(45), heedsCancellation: false)
      let monitor = HealthMonitor([(check, settings(unhealthyAfter: 3))], on: .virtual(time))
      try await alongside(monitor.run) {
        try await time.pass(.seconds(20))
        #expect(monitor.status == .healthy)
        try await time.pass(.seconds(2))
        #expect(monitor.status == .unhealthy)
        #expect(monitor.current["stuck"]?.message == "has not answered for 21 s")
        check.set(.healthy)
        try await time.pass(.seconds(24))
        #expect(monitor.status == .healthy)
        #expect(!check.overlapped)
      }
    }
  }

  @Test("Changes begin with the present; a slow reader misses what came in between and holds nobody up")
  func changes() throws {
    try onVirtualTime { time in
      let check = Patient("database", on: time)
      let monitor = HealthMonitor(
        [(check, settings(every: .seconds(1), timeout: .milliseconds(500)))], on: .virtual(time))
      let seen = Mutex<[HealthStatus]>([])
      try await alongside(monitor.run) {
        try await alongside({
          for await snapshot in monitor.changes {
            seen.withLock { $0.append(snapshot["database"]?.status ?? .unknown) }
            try? await time.pass(.milliseconds(3_500))
          }
        }) {
          // The reader sleeps from 0 to 3.5 s, and misses one change there.
          for second in 1...6 {
            try await time.pass(.milliseconds(second == 1 ? 500 : 1_000))
            check.set(second % 2 == 1 ? .unhealthy("down") : .healthy)
          }
          try await time.pass(.seconds(10))
        }
      }
      let statuses = seen.withLock { $0 }
      #expect(statuses.first == .unknown || statuses.first == .healthy)
      #expect(statuses.count < 7)
      #expect(statuses.last == .healthy)
      #expect(statuses.contains(.unhealthy))
    }
  }

  @Test("Events tell every change, with its numbers")
  func events() throws {
    try onVirtualTime { time in
      let check = Patient("database", on: time)
      check.set(.unhealthy("down"), takes: .milliseconds(200))
      let log = EventRecorder()
      let monitor = HealthMonitor(
        [(check, settings(every: .seconds(1), unhealthyAfter: 2))], observer: log.observer, on: .virtual(time))
      try await alongside(monitor.run) { try await time.pass(.milliseconds(1_500)) }
      #expect(log.all.count == 2)
      guard case .healthChanged(.unknown, .unhealthy, "down", .milliseconds(200), 2) = log.all.first?.kind,
        case .overallHealthChanged(.healthy, .unhealthy) = log.all.last?.kind
      else {
        Issue.record("\(log.all)")
        return
      }
      #expect(log.all.first?.name == "database")
      #expect(log.all.first?.layer == .healthCheck)
    }
  }

  @Test("Cancelled in the middle of a probe it ends, leaves nothing behind, and counts nothing", arguments: 0...9)
  func cancelled(seed: Int) throws {
    try onVirtualTime(seed: UInt64(seed)) { time in
      let check = Patient("database", on: time)
      check.set(.unhealthy("down"), takes: .milliseconds(800))
      let monitor = HealthMonitor([(check, settings())], on: .virtual(time))
      try await alongside(monitor.run) { try await time.pass(.milliseconds(400)) }
      #expect(check.running == 0)
      #expect(monitor.current["database"]?.status == .unknown)
      #expect(TimeSource.virtual(time).isQuiet)
      check.set(.healthy)
      try await alongside(monitor.run) { try await time.pass(.seconds(20)) }
      #expect(monitor.current["database"]?.status == .healthy)
    }
  }

  @Test("A second run waits beside the first and asks nothing twice")
  func twice() throws {
    try onVirtualTime { time in
      let check = Patient("database", on: time)
      let monitor = HealthMonitor([(check, settings())], on: .virtual(time))
      try await alongside(monitor.run) {
        try await time.pass(.milliseconds(1))
        try await alongside(monitor.run) { try await time.pass(.seconds(15)) }
      }
      #expect(check.asked.count == 2)
    }
  }

  @Test(
    "Random answers, delays and interleavings: no check is asked twice at once, and statuses follow", arguments: 1...40)
  func anySchedule(_ seed: Int) throws {
    try onVirtualTime(seed: UInt64(seed)) { time in
      let chance = Chance(seed: UInt64(seed))
      let checks = (0..<4).map { Patient("check\($0)", on: time) }
      let monitor = HealthMonitor(
        checks: checks, settings(every: .seconds(2), timeout: .milliseconds(700)), on: .virtual(time))
      try await alongside(monitor.run) {
        for _ in 0..<60 {
          let check = checks[Int(chance.draw(0...3))]
          check.set(
            [.healthy, .degraded("slow"), .unhealthy("down")][Int(chance.draw(0...2))],
            takes: .milliseconds(Int64(chance.draw(0...3) == 0 ? chance.draw(0...5_000) : 0)),
            heedsCancellation: chance.draw(0...3) > 0)
          try await time.pass(.milliseconds(Int64(chance.draw(0...3_000))))
        }
        for check in checks { check.set(.healthy) }
        try await time.pass(.seconds(20))
        #expect(monitor.status == .healthy, "seed \(seed)")
      }
      for check in checks {
        #expect(!check.overlapped, "seed \(seed)")
        #expect(check.running == 0, "seed \(seed)")
      }
    }
  }
}

extension TimeSource {
  /// Whether no timer is armed.
  fileprivate var isQuiet: Bool {
    if case .virtual(let time) = self { time.armedCount == 0 } else { false }
  }
}
