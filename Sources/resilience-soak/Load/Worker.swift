import Resilience

/// One user of the service: calls one operation after the other, and now and then goes away before the answer.
struct Worker: Sendable {
  let operations: [SoakOperation]
  let tally: Tally

  func run(until end: ContinuousClock.Instant) async {
    while ContinuousClock.now < end, let operation = operations.randomElement() {
      if Int.random(in: 0..<10) == 0 {
        await callAndLeave(operation)
      } else {
        await call(operation)
      }
      try? await Task.sleep(for: .microseconds(Int.random(in: 0...2_000)))
    }
  }

  private func call(_ operation: SoakOperation) async {
    var labels = ["user": "user-\(Int.random(in: 0..<2_000))"]
    // Some callers do not say whom they call for.
    if Int.random(in: 0..<20) > 0 { labels["tenant"] = "tenant-\(Int.random(in: 0..<40))" }
    await tally.count { report in try await operation.run(labels, report) }
  }

  private func callAndLeave(_ operation: SoakOperation) async {
    await withDiscardingTaskGroup { group in
      group.addTask { await call(operation) }
      try? await Task.sleep(for: .microseconds(Int.random(in: 0...20_000)))
      group.cancelAll()
    }
  }
}

/// An operation of the policy file, and how it is called.
struct SoakOperation: Sendable {
  let run: @Sendable (_ labels: [String: String], CallReport) async throws -> Void

  /// One that needs nothing of its body.
  init(_ name: String, of engine: ResilienceEngine, _ upstream: Upstream) throws {
    let policy = try engine.policy(name)
    run = { labels, report in _ = try await policy.run(labels: labels, report: report) { try await upstream.call() } }
  }

  /// One whose fallbacks make values.
  init(returning name: String, of engine: ResilienceEngine, _ upstream: Upstream) throws {
    let policy = try engine.policy(name, returning: Int.self)
    run = { labels, report in _ = try await policy.run(labels: labels, report: report) { try await upstream.call() } }
  }

  /// One whose bodies may run at once or outlive their call.
  init(concurrent name: String, of engine: ResilienceEngine, _ upstream: Upstream) throws {
    let policy = try engine.policy(name, returning: Int.self, concurrent: true)
    run = { labels, report in _ = try await policy.run(labels: labels, report: report) { try await upstream.call() } }
  }
}
