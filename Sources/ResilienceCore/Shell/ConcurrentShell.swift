/// Runs calls whose body may outlive them.
extension Plan {
  /// Runs `body` under this plan; a timeout that abandons returns at its instant and lets the body go on.
  ///
  /// As ``run(labels:report:judge:isolation:_:)``, for a body that may run while its caller does something else.
  package func runConcurrently<Value: Sendable>(
    labels: [String: String] = [:], report: CallReport? = nil, judge: (Value) -> FailureFacts?,
    failedValueThrows: Bool = false, isolation: isolated (any Actor)? = #isolation,
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let inherited = CallDeadline.current
    var call = Call(self, labels: labels, inherited: inherited, failedValueThrows: failedValueThrows)
    let first = call.enter(at: time.now)
    return try await drive(&call, from: first, BodyEnd(), report: report, judge: judge) { limit in
      guard let instant = limit.abandonAt else {
        return .ended(await runBody(body, within: limit, inherited: inherited))
      }
      return await runBody(body, abandonedAt: instant, within: limit)
    }
  }

  /// As above; every value that the body returns is a success.
  package func runConcurrently<Value: Sendable>(
    labels: [String: String] = [:], report: CallReport? = nil, isolation: isolated (any Actor)? = #isolation,
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await runConcurrently(labels: labels, report: report, judge: { _ in nil }, body)
  }

  private func runBody<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value, abandonedAt instant: Instant, within limit: BodyLimit
  ) async -> BodyRun<Value> {
    let places = AbandonedPlaces()
    let deadline = CallDeadline(limit.told ?? instant, on: time, cancels: true)
    let cancelAt = limit.cancelAt
    let time = self.time
    let ran = await withAbandonment(at: instant, on: time, supervisor: supervisor) {
      guard let cancelAt, cancelAt < instant else { return try await deadline.bind(body) }
      return try await withCancellation(at: cancelAt, on: time) { try await deadline.bind(body) }.result.get()
    } ended: {
      places.bodyEnded()
    }
    return ran.map { .ended($0) } ?? .abandoned(at: time.now, places)
  }
}
