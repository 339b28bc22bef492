import Resilience
import ResilienceTesting
import Testing

private func policies(_ breaker: String) -> String {
  """
  version: 1
  breakers:
    db: {\(breaker)}
  operations:
    call: {layers: [{deadline: 10h}, {breaker: db}]}

  """
}

/// What a service sees of the modes of a breaker, of its ramp and of its slow calls.
@Suite("Breaker modes")
struct BreakerModeTests {

  private func fail(_ policy: OperationPolicy, times: Int = 2) {
    for _ in 0..<times { _ = try? policy.runBlocking { throw Refused() } }
  }

  /// Events as lines: what a breaker does in shadow is told as that and as nothing else.
  private func lines(_ events: EventRecorder) -> [String] {
    events.all.compactMap { Self.line($0.kind) }
  }

  private static func line(_ kind: ResilienceEvent.Kind) -> String? {
    switch kind {
    case .shadow(let kind): line(kind).map { "shadow: " + $0 }
    case .rejected(let reason, let retryAfter): "rejected \(reason) \(retryAfter.map { "\($0)" } ?? "-")"
    case .breaker(.ramping(let step, let steps, let share)) where step > 1:
      "step \(step) of \(steps): \(Int(share.fraction * 100))%"
    case .breaker(let change):
      change.transition.map { "\($0.from.rawValue) to \($0.to.rawValue)" } ?? "\(change)"
    case .reloadApplied: "reload"
    default: nil
    }
  }

  @Test("Mode shadow: calls run and count as what they were; the events say that it was shadow")
  func shadow() throws {
    try onVirtualTime { time in
      let events = EventRecorder()
      let engine = try PolicyText(policies("failures: 2, open: 60s, mode: shadow")).engine(
        on: time, observer: events.observer)
      let call = try engine.policy("call")
      fail(call)
      #expect(try call.runBlocking { 7 } == 7)
      #expect(throws: Refused.self) { try call.runBlocking { throw Refused() } }
      try await VirtualClock(time).sleep(for: .seconds(60))
      #expect(try call.runBlocking { 8 } == 8)
      #expect(
        lines(events) == [
          "shadow: closed to open", "shadow: rejected breaker-open 60.0 seconds",
          "shadow: rejected breaker-open 60.0 seconds", "shadow: open to half-open", "shadow: half-open to closed",
        ])
      #expect(engine.breaker("db")?.snapshot().mode == .shadow)
    }
  }

  @Test("Mode disabled: every call runs, and nothing is told")
  func disabled() throws {
    let events = EventRecorder()
    let engine = try PolicyText(policies("failures: 2, open: 60s, mode: disabled")).engine(observer: events.observer)
    let call = try engine.policy("call")
    fail(call, times: 20)
    #expect(try call.runBlocking { 7 } == 7)
    #expect(lines(events) == [])
    #expect(engine.breaker("db")?.state == .disabled)
  }

  @Test("Mode forced-open: every call is turned away until the mode changes, and the changes are told")
  func forcedOpen() async throws {
    let events = EventRecorder()
    let text = PolicyText(policies("failures: 2, open: 60s"))
    let engine = try text.engine(observer: events.observer)
    let call = try engine.policy("call")
    text.write(policies("failures: 2, open: 60s, mode: forced-open"))
    try await engine.reload()
    #expect(throws: ResilienceError.self) { try call.runBlocking {} }
    text.write(policies("failures: 2, open: 60s"))
    try await engine.reload()
    try call.runBlocking {}
    #expect(
      lines(events) == [
        "closed to forced-open", "reload", "rejected breaker-open -", "forced-open to closed", "reload",
      ])
  }

  @Test("B13: the steps of a ramp are told, and those who are not drawn get the rest of its time")
  func ramp() throws {
    try onVirtualTime { time in
      let events = EventRecorder()
      let engine = try PolicyText(
        policies("failures: 2, open: 10s, halfOpen: {probes: 1, ramp: [5%, 50%]}")
      ).engine(on: time, observer: events.observer)
      let call = try engine.policy("call")
      fail(call)
      try await VirtualClock(time).sleep(for: .seconds(10))
      try call.runBlocking {}
      var ran = 0
      for _ in 0..<1_000 { _ = try? call.runBlocking { ran += 1 } }
      #expect((30...70).contains(ran))
      for _ in 0..<2 {
        try await VirtualClock(time).sleep(for: .seconds(10))
        _ = try? call.runBlocking {}
      }
      #expect(engine.breaker("db")?.state == .closed)
      let told = lines(events)
      #expect(told.contains("rejected breaker-probing 10.0 seconds"))
      #expect(
        told.filter { !$0.hasPrefix("rejected") } == [
          "closed to open", "open to half-open", "half-open to ramping", "step 2 of 2: 50%",
          "ramping to closed",
        ])
    }
  }

  @Test("B6: calls that hang open the breaker at the instant when they become slow, in a service without any timer")
  func slow() throws {
    try onVirtualTime { time in
      let events = EventRecorder()
      let engine = try PolicyText(
        policies("slowRate: 50%, slowerThan: 400ms, window: 10, minimumCalls: 2, open: 10s")
      ).engine(on: time, observer: events.observer)
      let call = try engine.policy("call")
      let clock = VirtualClock(time)
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<2 { group.addTask { try? await call.run { try await clock.sleep(for: .seconds(5)) } } }
        group.addTask {
          try? await clock.sleep(for: .seconds(1))
          let error = await #expect(throws: ResilienceError.self) { try await call.run {} }
          // Since 0.4 s and a nanosecond, at 1 s.
          #expect(error?.retryAfter == .nanoseconds(9_400_000_001))
        }
      }
      let opened = events.all.first { if case .breaker(.opened) = $0.kind { true } else { false } }
      #expect(opened?.instant == Instant(nanoseconds: 400_000_001))
      #expect(opened?.operation == "call")
    }
  }

  @Test("B6: whoever looks at a breaker makes it tell what had come due")
  func looking() throws {
    try onVirtualTime { time in
      let events = EventRecorder()
      let engine = try PolicyText(
        policies("slowRate: 50%, slowerThan: 400ms, window: 10, minimumCalls: 1, open: 10s")
      ).engine(on: time, observer: events.observer)
      let call = try engine.policy("call")
      let clock = VirtualClock(time)
      await withTaskGroup(of: Void.self) { group in
        group.addTask { try? await call.run { try await clock.sleep(for: .seconds(5)) } }
        group.addTask {
          try? await clock.sleep(for: .seconds(1))
          #expect(engine.breaker("db")?.state == .open)
        }
      }
      #expect(lines(events) == ["closed to open", "late"])
      #expect(events.all.first?.instant == Instant(nanoseconds: 400_000_001))
    }
  }
}
