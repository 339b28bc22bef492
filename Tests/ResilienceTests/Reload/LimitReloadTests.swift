import Resilience
import ResilienceTesting
import Testing

private func policies(_ section: String, _ settings: String, _ layer: String, name: String = "it") -> String {
  """
  version: 1
  \(section):
    \(name): {\(settings)}
  pipelines:
    call: [{deadline: 10h}, {\(layer): \(name)}]
  operations:
    call: call

  """
}

private func limiter(_ settings: String, name: String = "it") -> String {
  policies("rateLimiters", settings, "rateLimit", name: name)
}

private func bulkhead(_ settings: String, name: String = "it") -> String {
  policies("bulkheads", settings, "bulkhead", name: name)
}

/// Rate limiters and bulkheads across reloads, cell by cell.
@Suite("Reload table: limiters and bulkheads")
struct LimitReloadTests {
  /// How many calls a limiter admits before it turns one away.
  private func admitted(_ policy: OperationPolicy) -> Int {
    var count = 0
    while count < 100, (try? policy.runBlocking { count += 1 }) != nil {}
    return count
  }

  @Test(
    "Rate limiter, numbers changed: what is left is kept, at most the new burst, and nothing is given for free",
    arguments: [
      ("rate: 1/h, burst: 4", 3), ("rate: 1/h, burst: 10", 3), ("rate: 1/h, burst: 2", 2), ("rate: 10/h, burst: 4", 3),
    ])
  func limiterNumbers(settings: String, left: Int) async throws {
    let text = PolicyText(limiter("rate: 1/h, burst: 4"))
    let engine = try text.engine()
    let call = try engine.policy("call")
    try call.runBlocking {}
    text.write(limiter(settings))
    try await engine.reload()
    #expect(admitted(call) == left)
  }

  @Test("Rate limiter, scope changed: fresh, and half full at the time of the reload")
  func limiterScope() throws {
    try onVirtualTime { time in
      let text = PolicyText(limiter("rate: 1/h, burst: 8"))
      let engine = try text.engine(on: time)
      let call = try engine.policy("call")
      #expect(admitted(call) == 8)
      text.write(limiter("rate: 1/h, burst: 8, scope: {key: tenant}"))
      try await engine.reload()
      #expect(admitted(call) == 4)
      try await VirtualClock(time).sleep(for: .seconds(2 * 3_600))
      var count = 0
      while count < 100, (try? call.runBlocking(labels: ["tenant": "later"]) { count += 1 }) != nil {}
      #expect(count == 6)
    }
  }

  @Test("Rate limiter removed: who waits for a slot runs")
  func limiterRemoved() throws {
    try onVirtualTime { time in
      let text = PolicyText(limiter("rate: 1/h, wait: 2h"))
      let engine = try text.engine(on: time)
      let call = try engine.policy("call")
      try await call.run {}
      async let waiting: Void = call.run {}
      try await VirtualClock(time).sleep(for: .seconds(60))
      text.write(limiter("rate: 1/h", name: "other"))
      try await engine.reload()
      try await waiting
      #expect(time.now == Instant(nanoseconds: 60_000_000_000))
    }
  }

  @Test("Bulkhead, limit raised: who waits runs at once")
  func bulkheadRaised() throws {
    try onVirtualTime { time in
      let text = PolicyText(bulkhead("concurrent: 1, queue: 2"))
      let engine = try text.engine(on: time)
      let call = try engine.policy("call")
      async let running: Void = call.run { try await VirtualClock(time).sleep(for: .seconds(3_600)) }
      try await VirtualClock(time).sleep(for: .seconds(1))
      async let waiting: Instant = call.run { time.now }
      try await VirtualClock(time).sleep(for: .seconds(1))
      text.write(bulkhead("concurrent: 2, queue: 2"))
      try await engine.reload()
      let began = try await waiting
      #expect(began == Instant(nanoseconds: 2_000_000_000))
      try await running
    }
  }

  @Test("K2: bulkhead, limit lowered: nobody is evicted, and places are given out again below the new limit")
  func bulkheadLowered() throws {
    try onVirtualTime { time in
      let text = PolicyText(bulkhead("concurrent: 2"))
      let engine = try text.engine(on: time)
      let call = try engine.policy("call")
      async let short: Int = call.run {
        try await VirtualClock(time).sleep(for: .seconds(10))
        return 1
      }
      async let long: Int = call.run {
        try await VirtualClock(time).sleep(for: .seconds(20))
        return 2
      }
      try await VirtualClock(time).sleep(for: .seconds(1))
      text.write(bulkhead("concurrent: 1"))
      try await engine.reload()
      let first = try await short
      await #expect(throws: ResilienceError.self) { try await call.run { 3 } }
      let second = try await long
      let third = try await call.run { 3 }
      #expect((first, second, third) == (1, 2, 3))
    }
  }

  @Test("Bulkhead removed: who waits runs")
  func bulkheadRemoved() throws {
    try onVirtualTime { time in
      let text = PolicyText(bulkhead("concurrent: 1, queue: 2"))
      let engine = try text.engine(on: time)
      let call = try engine.policy("call")
      async let running: Void = call.run { try await VirtualClock(time).sleep(for: .seconds(3_600)) }
      try await VirtualClock(time).sleep(for: .seconds(1))
      async let waiting: Instant = call.run { time.now }
      try await VirtualClock(time).sleep(for: .seconds(1))
      text.write(bulkhead("concurrent: 1", name: "other"))
      try await engine.reload()
      let began = try await waiting
      #expect(began == Instant(nanoseconds: 2_000_000_000))
      let beside = try await call.run { 1 }
      #expect(beside == 1)
      try await running
    }
  }
}
