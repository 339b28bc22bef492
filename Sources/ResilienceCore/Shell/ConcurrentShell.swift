/// Runs calls whose body may outlive them, and may run several times at once.
extension Plan {
  /// Runs `body` under this plan; a timeout that abandons returns at its instant and lets the body go on, and a hedge runs it
  /// again beside itself.
  ///
  /// As ``run(labels:report:judge:isolation:_:)``, for a body that may run while its caller does something else.
  package func runConcurrently<Value: Sendable>(
    labels: [String: String] = [:], report: CallReport? = nil, judge: @escaping @Sendable (Value) -> FailureFacts?,
    failedValueThrows: Bool = false, isolation: isolated (any Actor)? = #isolation,
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let inherited = CallDeadline.current
    let work = LegWork(plan: self, report: report, inherited: inherited, judge: judge, body: body)
    var call = Call(
      self, labels: labels, inherited: inherited, failedValueThrows: failedValueThrows, hedging: true)
    var end = BodyEnd<Value>()
    let first = call.enter(at: time.now)
    let verdict = await drive(&call, from: first, into: &end, report: report, judge: judge) { limit in
      await work.runBody(within: limit)
    } race: { call, step, end in
      await work.race(&call, step, into: &end)
    }
    return try finish(verdict, of: call, with: end, report: report)
  }

  /// As above; every value that the body returns is a success.
  package func runConcurrently<Value: Sendable>(
    labels: [String: String] = [:], report: CallReport? = nil, isolation: isolated (any Actor)? = #isolation,
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await runConcurrently(labels: labels, report: report, judge: { _ in nil }, body)
  }
}

/// What every leg of a call needs: its plan and its body.
struct LegWork<Value: Sendable>: Sendable {
  let plan: Plan
  let report: CallReport?
  let inherited: CallDeadline?
  let judge: @Sendable (Value) -> FailureFacts?
  let body: @Sendable () async throws -> Value

  /// Runs the body once, and leaves it at the instant of a timeout that abandons.
  ///
  /// - Parameter race: The race that the body belongs to, which counts it until it ends.
  func runBody(within limit: BodyLimit, of race: LegNews<Value>? = nil) async -> BodyRun<Value> {
    guard let instant = limit.abandonAt else {
      return .ended(await plan.runBody(body, within: limit, inherited: inherited))
    }
    return await runBody(abandonedAt: instant, within: limit, of: race)
  }

  private func runBody(
    abandonedAt instant: Instant, within limit: BodyLimit, of race: LegNews<Value>?
  ) async -> BodyRun<Value> {
    race?.begin()
    let places = AbandonedPlaces()
    let time = plan.time
    let body = body
    let deadline = CallDeadline(limit.told ?? instant, on: time, cancels: true)
    let cancelAt = limit.cancelAt
    let ran = await withAbandonment(at: instant, on: time, supervisor: plan.supervisor) {
      guard let cancelAt, cancelAt < instant else { return try await deadline.bind(body) }
      return try await withCancellation(at: cancelAt, on: time) { try await deadline.bind(body) }.result.get()
    } ended: {
      places.bodyEnded()
      race?.end()
    }
    return ran.map { .ended($0) } ?? .abandoned(at: time.now, places)
  }
}
