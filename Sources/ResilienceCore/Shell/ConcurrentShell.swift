/// Runs calls whose body may outlive them, and may run several times at once.
extension Plan {
  /// Runs `body` under this plan; a timeout that abandons returns at its instant and lets the body go on, and a hedge runs it
  /// again beside itself.
  ///
  /// As ``run(labels:report:judge:_:)``, for a body that may run while its caller does something else.
  package func runConcurrently<Value: Sendable>(
    labels: [String: String] = [:], report: CallReport? = nil, judge: @escaping @Sendable (Value) -> FailureFacts?,
    failedValueThrows: Bool = false, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let inherited = CallDeadline.current
    let work = LegWork(plan: self, report: report, inherited: inherited, judge: judge, body: body)
    var call = Call(
      self, labels: labels, inherited: inherited, failedValueThrows: failedValueThrows, hedging: true)
    var end = CallEnd()
    var place = ValuePlace<Value>()
    let first = call.enter(at: time.now)
    let verdict = await drive(&call, from: first, into: &end, report: report) { limit in
      await work.runBody(within: limit, into: &place)
    } race: { call, step, end in
      await work.race(&call, step, into: &end, &place)
    } place: {
      place.perform($0)
    }
    try finish(verdict, of: call, with: end, report: report) { place.perform($0) }
    return try place.taken()
  }

  /// As above; every value that the body returns is a success.
  package func runConcurrently<Value: Sendable>(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: @escaping @Sendable () async throws -> Value
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
  func runBody(
    within limit: BodyLimit, of race: LegNews<Value>? = nil, into place: inout ValuePlace<Value>
  ) async -> BodyRun {
    guard let instant = limit.abandonAt else {
      let (outcome, end) = await limit.run(
        { await place.fill(judge: judge, body) }, within: inherited?.instant, on: plan.time)
      return .ended(outcome, end)
    }
    return await runBody(abandonedAt: instant, within: limit, of: race, into: &place)
  }

  private func runBody(
    abandonedAt instant: Instant, within limit: BodyLimit, of race: LegNews<Value>?,
    into place: inout ValuePlace<Value>
  ) async -> BodyRun {
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
    guard let ran else { return .abandoned(at: time.now, places) }
    let end = TimedEnd(fired: ran.fired, ended: ran.ended)
    return .ended(place.fillBlocking(judge: judge, ran.result.get), end)
  }
}
