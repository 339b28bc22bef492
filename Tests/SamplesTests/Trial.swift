import Resilience
import ResilienceTesting

/// A sample on virtual time, with a callee that does as it is told.
struct Trial: Sendable {
  let engine: ResilienceEngine
  let time: VirtualTime

  /// Loads a sample and plays with it.
  static func of(
    _ sample: String, operations: [String: FallbackHandler] = [:],
    _ body: @escaping @Sendable (Trial) async throws -> Void
  ) throws {
    try onVirtualTime { time in
      let engine = try ResilienceEngine.forTesting(
        policiesAt: Repository.path("policies/\(sample).yaml"), on: time, seed: 7, operations: operations)
      try await body(Trial(engine: engine, time: time))
    }
  }

  /// How long the work took, in milliseconds.
  func milliseconds(_ work: () async throws -> Void) async rethrows -> Int {
    let start = time.now
    try await work()
    return Int(start.duration(to: time.now) / .milliseconds(1))
  }

  /// Takes as long as a callee that hangs.
  func hang() async throws { try await VirtualClock(time).sleep(for: .seconds(3600)) }
}

/// What a callee answers with when it fails.
struct BadAnswer: Error, FailureDescribing, Hashable {
  var http = 503
  var retryAfter: Duration?

  var failureFacts: FailureFacts? { FailureFacts(http: http, retryAfter: retryAfter) }
}
