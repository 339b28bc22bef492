import Resilience
import ResilienceTesting
import Synchronization
import Testing

#if THREAD_SANITIZER
  import ResilienceCore
#endif

private struct Busy: Error, FailureDescribing {
  var failureFacts: FailureFacts? { FailureFacts(http: 429) }
}

/// A callee that takes so many calls at once, and refuses more.
private final class Callee: Sendable {
  private let state = Mutex((running: 0, capacity: 6))

  func change(_ capacity: Int) { state.withLock { $0.capacity = capacity } }

  func call(_ time: VirtualTime) async throws {
    let isRefused = state.withLock { state in
      state.running += 1
      return state.running > state.capacity
    }
    defer { state.withLock { $0.running -= 1 } }
    try await VirtualClock(time).sleep(for: .milliseconds(40))
    if isRefused { throw Busy() }
  }
}

private func policies(_ limit: String) -> String {
  """
  version: 1
  bulkheads:
    search: {\(limit), queue: 40}
  operations:
    call: {layers: [{deadline: 10s}, {bulkhead: search}]}

  """
}

@Suite("Adaptive bulkheads of a file")
struct AdaptiveReloadTests {
  /// Forty callers that never rest, until an instant.
  private func load(
    _ call: OperationPolicy, _ callee: Callee, _ time: VirtualTime, seconds: UInt64, labels: [String: String] = [:]
  ) async {
    let end = Instant(nanoseconds: time.now.nanoseconds + seconds * 1_000_000_000)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<40 {
        group.addTask {
          while time.now < end { try? await call.run(labels: labels) { try await callee.call(time) } }
        }
      }
    }
  }

  @Test("K2: the limit settles at what the callee takes, follows it, and tells each move")
  func follows() throws {
    try onVirtualTime { time in
      let events = EventRecorder()
      let text = PolicyText(policies("adaptive: {min: 2, max: 40, algorithm: aimd}"))
      let engine = try text.engine(on: time, observer: events.observer)
      let call = try engine.policy("call")
      let callee = Callee()
      let bulkhead = try #require(engine.bulkhead("search"))
      #expect(bulkhead.limit == 2)
      for capacity in [6, 20, 4] {
        callee.change(capacity)
        await load(call, callee, time, seconds: 8)
        #expect(abs(bulkhead.limit - capacity) <= 2, "capacity \(capacity)")
      }
      #expect(bulkhead.inUse == 0 && bulkhead.queued == 0)
      let moves = events.all.compactMap { event in
        if case .bulkheadLimit(let from, let to) = event.kind { (from, to) } else { nil }
      }
      #expect(moves.first?.0 == 2)
      #expect(moves.last?.1 == bulkhead.limit)
      #expect(moves.allSatisfy { $0.0 != $0.1 })
      #expect(
        events.all.first { if case .bulkheadLimit = $0.kind { true } else { false } }?.location == "policies.yaml:5")
    }
  }

  @Test("Each value of a label has a limit of its own")
  func keyed() throws {
    try onVirtualTime { time in
      let text = PolicyText(policies("adaptive: {min: 2, max: 40, algorithm: aimd}, scope: {key: tenant}"))
      let engine = try text.engine(on: time)
      let call = try engine.policy("call")
      await load(call, Callee(), time, seconds: 4, labels: ["tenant": "a"])
      try await call.run(labels: ["tenant": "b"]) {}
      #expect(engine.bulkhead("search{tenant=a}").map { 4...8 ~= $0.limit } == true)
      #expect(engine.bulkhead("search{tenant=b}")?.limit == 2)
      #expect(engine.bulkhead("search")?.limit == 2)
    }
  }

  @Test("A reload keeps what the limit has come to, within its new bounds")
  func reload() throws {
    try onVirtualTime { time in
      let text = PolicyText(policies("adaptive: {min: 2, max: 40, algorithm: aimd}"))
      let engine = try text.engine(on: time)
      let call = try engine.policy("call")
      let callee = Callee()
      callee.change(20)
      await load(call, callee, time, seconds: 8)
      let bulkhead = try #require(engine.bulkhead("search"))
      let learnt = bulkhead.limit
      #expect(learnt > 15)
      for (limit, expected) in [
        ("adaptive: {min: 2, max: 50, algorithm: aimd}", learnt), ("adaptive: {min: 2, max: 9, algorithm: aimd}", 9),
        ("concurrent: 5", 5), ("adaptive: {min: 3, max: 9, algorithm: aimd}", 5),
      ] {
        text.write(policies(limit))
        try await engine.reload()
        #expect(engine.bulkhead("search") === bulkhead)
        #expect(bulkhead.limit == expected, "\(limit)")
      }
    }
  }
}
