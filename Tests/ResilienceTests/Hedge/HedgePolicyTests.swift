import Resilience
import ResilienceTesting
import Synchronization
import Testing

#if THREAD_SANITIZER
  import ResilienceCore
#endif

private let policies = """
  version: 1
  hedges:
    tail: {after: 120ms}
  pipelines:
    quick: [{deadline: 2s}, {hedge: tail}, {timeout: 1s}]
    plain: [{deadline: 2s}]
  operations:
    search: {pipeline: quick, idempotent: true}
    plain: {pipeline: plain, idempotent: true}

  """

/// Counts, from any task.
private final class Starts: Sendable {
  private let count = Mutex(0)
  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

@Suite("Hedges of a policy file")
struct HedgePolicyTests {
  @Test("M1, M2: code whose bodies cannot run twice at once is refused, with the layer's file and line")
  func lookUp() throws {
    let engine = try PolicyText(policies).engine()
    let lookUps: [() throws -> Void] = [
      { _ = try engine.policy("search") }, { _ = try engine.policy("search", returning: Int.self) },
      { _ = try engine.policy("search", returning: Int.self, concurrent: false) },
    ]
    for lookUp in lookUps {
      let error = #expect(throws: PolicyFileError.self) { try lookUp() }
      #expect(error?.problems.map(\.line) == [5])
      #expect(error?.description.contains("`concurrent: true`") == true)
    }
    _ = try engine.policy("search", returning: Int.self, concurrent: true)
  }

  @Test("M1: a reload that hedges what code did not declare concurrent is refused and changes nothing")
  func reload() async throws {
    let text = PolicyText(policies)
    let engine = try text.engine()
    let plain = try engine.policy("plain")
    text.write(policies.replacing("pipeline: plain", with: "pipeline: quick"))
    let error = await #expect(throws: PolicyFileError.self) { try await engine.reload() }
    #expect(error?.problems.map(\.line) == [5])
    #expect(try await plain.run { 1 } == 1)
  }

  @Test("H1: the first success is the call's, and events say what happened and where it is written")
  func run() throws {
    try onVirtualTime { time in
      let log = EventRecorder()
      let engine = try PolicyText(policies).engine(on: time, observer: log.observer)
      let search = try engine.policy("search", returning: Int.self, concurrent: true)
      let starts = Starts()
      let value = try await search.run {
        let leg = starts.next()
        if leg == 1 { try await VirtualClock(time).sleep(for: .seconds(1)) }
        return leg
      }
      #expect(value == 2)
      #expect(VirtualClock(time).now.offset == .milliseconds(120))
      #expect(log.all.map(\.location) == ["policies.yaml:5", "policies.yaml:5"])
      #expect(log.all.map { "\($0.kind)" } == ["hedgeStarted(leg: 1, after: 0.12 seconds)", "hedgeWon(leg: 1)"])
    }
  }

  @Test("H1: a policy made in code hedges, and judges values in every leg")
  func code() throws {
    try onVirtualTime { time in
      let search = ConcurrentPolicy<Int>(
        "search", [.deadline(.seconds(2)), .hedge(HedgeSettings(after: .milliseconds(50), extra: 2))],
        on: .virtual(time))
      let starts = Starts()
      let value = try await search.run(classify: { $0 < 3 ? FailureFacts(kind: "empty") : nil }) {
        let leg = starts.next()
        try await VirtualClock(time).sleep(for: .milliseconds(70))
        return leg
      }
      #expect(value == 3)
      #expect(VirtualClock(time).now.offset == .milliseconds(170))
    }
  }

  @Test("A reload keeps what a hedge has learnt, under its new numbers")
  func learnt() throws {
    try onVirtualTime { time in
      let measured = policies.replacing(
        "after: 120ms", with: "after: {quantile: p95, min: 1ms, max: 500ms, cold: 120ms}")
      let text = PolicyText(measured)
      let engine = try text.engine(on: time)
      let search = try engine.policy("search", returning: Int.self, concurrent: true)
      for _ in 0..<100 {
        _ = try await search.run {
          try await VirtualClock(time).sleep(for: .milliseconds(10))
          return 1
        }
      }
      text.write(measured.replacing("cold: 120ms", with: "cold: 400ms"))
      try await engine.reload()
      let before = VirtualClock(time).now
      let starts = Starts()
      _ = try await search.run {
        let leg = starts.next()
        if leg == 1 { try await VirtualClock(time).sleep(for: .seconds(1)) }
        return leg
      }
      let took = before.duration(to: VirtualClock(time).now)
      #expect(took >= .milliseconds(10) && took < .milliseconds(11))
    }
  }

  @Test("S3: a reload tells how many bodies a hedge adds")
  func bounds() async throws {
    let text = PolicyText(policies)
    let engine = try text.engine()
    text.write(policies.replacing("after: 120ms", with: "after: 120ms, extra: 2"))
    let report = try await engine.reload()
    #expect(report.operations.first { $0.name == "search" }?.before?.attempts == 2)
    #expect(report.operations.first { $0.name == "search" }?.after?.attempts == 3)
    #expect(report.sections.first { $0.name == "hedges" }?.changed == ["tail"])
  }
}
