import Resilience
import ResilienceTesting
import Synchronization
import Testing

/// The sections about the service as a whole.
extension SelfHealingPageTests {
  @Test("Sections 3 and 4: a slow cache degrades the whole and is answered with 200; a database that is down with 503")
  func health() throws {
    try onVirtualTime { time in
      let clock = VirtualClock(time)
      let cacheTakes = Mutex(Duration.zero)
      let isDown = Atomic(false)
      let health = watchStores(
        {
          if isDown.load(ordering: .relaxed) { throw Down() }
          return 2
        }, { try await clock.sleep(for: cacheTakes.withLock { $0 }) }, on: .virtual(time))
      #expect(reply(to: "/health", health)?.status == 200)
      #expect(reply(to: "/ready", health)?.status == 503)
      #expect(reply(to: "/other", health) == nil)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await health.run() }
        try await clock.sleep(for: .seconds(25))
        #expect(health.current.status == .healthy)
        #expect(showsPictures(health))
        #expect(reply(to: "/ready", health)?.status == 200)

        cacheTakes.withLock { $0 = .milliseconds(200) }
        try await clock.sleep(for: .seconds(6))
        #expect(health.current["cache"]?.status == .degraded)
        #expect(health.current.status == .degraded)
        #expect(!showsPictures(health))
        #expect(reply(to: "/ready", health)?.status == 200)
        let body = try #require(reply(to: "/health", health)?.body)
        #expect(body.hasPrefix(#"{"status":"degraded""#))

        cacheTakes.withLock { $0 = .seconds(5) }
        try await clock.sleep(for: .seconds(6))
        #expect(health.current["cache"]?.status == .unhealthy)
        #expect(health.current.status == .degraded)

        isDown.store(true, ordering: .relaxed)
        try await clock.sleep(for: .seconds(15))
        #expect(health.current["database"]?.status == .healthy, "two bad answers are forgiven")
        try await clock.sleep(for: .seconds(15))
        #expect(reply(to: "/health", health)?.status == 503)
        group.cancelAll()
      }
    }
  }

  @Test("Section 7: a long queue gets workers, more with each attempt, until it is short")
  func scalesOut() throws {
    let policies = try file(with: "jobs.take")
    try onVirtualTime { time in
      let added = Mutex<[Int]>([])
      let backlog = HealthProbe("backlog") {
        added.withLock { $0.reduce(0, +) } < 3 ? .unhealthy("9000 jobs wait") : .healthy
      }
      let engine = try ResilienceEngine.forTesting(
        policies: policies, on: time, healthChecks: [backlog],
        recoveryHandlers: scaling { count in added.withLock { $0.append(count) } })
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await engine.run() }
        try await VirtualClock(time).sleep(for: .seconds(75))
        #expect(added.withLock { $0 } == [])
        try await VirtualClock(time).sleep(for: .seconds(3600))
        #expect(added.withLock { $0 } == [1, 2])
        #expect(engine.health.current.status == .healthy)
        group.cancelAll()
      }
    }
  }

  @Test("Section 10: seats that were oversold are counted anew, and no state is shown that breaks the invariant")
  func healsItself() throws {
    try onVirtualTime { time in
      let counts = Atomic(0)
      let machine = seats(on: .virtual(time)) {
        if counts.add(1, ordering: .relaxed).newValue <= 2 { throw Down() }
        return 3
      }
      #expect(machine.state == .closed)
      try machine.send(2)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try? await machine.run() }
        try await VirtualClock(time).sleep(for: .seconds(1))
        #expect(machine.state == Seats(free: 1, isOpen: true))
        #expect(counts.load(ordering: .relaxed) == 3)
        try machine.send(5)
        try machine.send(1)
        try await VirtualClock(time).sleep(for: .seconds(1))
        #expect(machine.state == Seats(free: 2, isOpen: true))
        #expect(counts.load(ordering: .relaxed) == 4)
        group.cancelAll()
      }
      #expect(machine.state == .closed)
    }
  }

  @Test("Section 11: one of many callers is the probe, and no call is longer than its deadline")
  func properties() throws {
    try onlyOneOfTenCallersIsTheProbe()
    try noCallIsLongerThanItsDeadline(Repository.path("policies/layered-recovery.yaml"))
  }

  @Test("Section 11: the properties fail for other policies")
  func propertiesCanFail() throws {
    let twoProbes = CircuitBreakerSettings(failures: 3, open: .seconds(30), successes: 2)
    #expect(throws: InterleavingFailure.self) { try onlyOneOfTenCallersIsTheProbe(twoProbes) }
    let policies = try Repository.text("policies/layered-recovery.yaml")
      .replacing("deadline: 2s", with: "deadline: 9s").replacing("timeout: 500ms", with: "timeout: 1s")
    try withPolicyFile(policies) { path in
      #expect(throws: Broken.self) { try noCallIsLongerThanItsDeadline(path) }
    }
  }

  @Test("Section 12: each decision is counted under its name")
  func counts() throws {
    let policies = try file(with: "ledger.append")
    try onVirtualTime { time in
      let counted = Mutex<[String: Int]>([:])
      let sink = CountEvents { metric, labels in
        counted.withLock { $0["\(metric) \(labels["by"] ?? "")", default: 0] += 1 }
      }
      let list = try ResilienceEngine.forTesting(policies: policies, on: time, sinks: [sink])
        .policy("suggestions.list")
      for _ in 1...5 { try? await list.run { throw Down() } }
      #expect(
        counted.withLock { $0 } == [
          "resilience_breaker_opened_total suggestions": 1, "resilience_rejected_total suggestions": 2,
        ])
    }
  }
}
