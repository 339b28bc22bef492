/// Runs calls of a plan for asynchronous code.
extension Plan {
  /// Runs `body` under this plan.
  ///
  /// The body is neither escaping nor sendable: it runs where its caller runs, may use the caller's actor state, and is
  /// never run twice at once.
  ///
  /// - Parameters:
  ///   - labels: Choose keyed mechanisms.
  ///   - report: Is told what the call did, if it did more than succeed at once.
  ///   - judge: Says why a returned value is a failure; `nil` when it is none.
  ///   - failedValueThrows: Whether such a value, when nothing better was found, is an error instead of the result.
  ///   - body: The work.
  /// - Throws: The body's last error when the plan has nothing to say, ``ResilienceError`` when it has, and
  ///   `CancellationError` when the caller was cancelled.
  package func run<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, judge: (Value) -> FailureFacts?,
    failedValueThrows: Bool = false, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
  ) async throws -> Value {
    let inherited = CallDeadline.current
    var call = Call(self, labels: labels, inherited: inherited, failedValueThrows: failedValueThrows)
    let first = call.enter(at: time.now)
    guard !hasLimits, case .attempt = first else {
      return try await recover(&call, from: first, BodyEnd(), inherited, report, judge, body)
    }
    // The common case needs nothing of what a call keeps for the others: one body, no limit of its own, a good value.
    let value: Value
    do {
      value = try await body()
    } catch {
      let end = attemptEnd(of: error, callerIsCancelled: Task.isCancelled)
      let next = call.attemptEnded(end, at: time.now)
      return try await recover(&call, from: next, BodyEnd(error: error), inherited, report, judge, body)
    }
    let next = call.attemptEnded(attemptEnd(of: value, judge(value)), at: time.now)
    if case .finished(.success) = next, keepers.isEmpty { return value }
    return try await recover(&call, from: next, BodyEnd(value: value), inherited, report, judge, body)
  }

  /// Runs `body` under this plan; every value that it returns is a success.
  package func run<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws -> Value
  ) async throws -> Value {
    try await run(labels: labels, report: report, judge: { _ in nil }, body)
  }

  /// Takes a call from where it stands to its verdict.
  func recover<Value>(
    _ call: inout Call, from next: Next, _ end: BodyEnd<Value>, _ inherited: CallDeadline?, _ report: CallReport?,
    _ judge: (Value) -> FailureFacts?, isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws -> Value
  ) async throws -> Value {
    var end = end
    let verdict = await drive(&call, from: next, into: &end, report: report, judge: judge) { limit in
      .ended(await runBody(body, within: limit, inherited: inherited))
    } race: { call, _, _ in
      // A call that was not made for hedging never asks for this.
      call.hedgeCancelled(at: time.now)
    }
    return try finish(verdict, of: call, with: end, report: report)
  }

  /// Does what the call answers until it has its verdict; `attempt` runs the body once, `race` does what a hedge asks for until
  /// its race is over.
  func drive<Value>(
    _ call: inout Call, from first: Next, into end: inout BodyEnd<Value>, report: CallReport?,
    judge: (Value) -> FailureFacts?, isolation: isolated (any Actor)? = #isolation,
    attempt: (BodyLimit) async -> BodyRun<Value>,
    race: (inout Call, HedgeStep, inout BodyEnd<Value>) async -> Next
  ) async -> Verdict {
    var next = first
    while true {
      switch next {
      case .attempt:
        if call.attempt > 1 || call.isLeg, Task.isCancelled {
          next = call.attemptEnded(.cancelled, at: time.now)
        } else {
          let run = await attempt(call.bodyLimit)
          next = end.take(run, of: self, for: &call, callerIsCancelled: Task.isCancelled, judge: judge)
        }
      case .wait(let instant):
        next = call.waitEnded(await wait(until: instant), at: time.now)
      case .queue(let waiter, let until):
        next = call.waitEnded(await waiter.wait(until: until, on: time), at: time.now)
      case .fallback(let layer, let step):
        let context = call.fallbackContext(causedBy: end.error)
        let served = await serve(layer: layer, step: step, context: context, report: report, into: &end)
        next = call.fallbackEnded(served, at: time.now)
      case .hedge(let step):
        next = await race(&call, step, &end)
      case .inject(let layer):
        next = call.valueInjected(end.inject(from: layer, of: self), at: time.now)
      case .finished(let verdict):
        return verdict
      }
    }
  }

  /// Runs one body, under its limits if it has any.
  func runBody<Value>(
    _ body: () async throws -> Value, within limit: BodyLimit, inherited: CallDeadline?,
    isolation: isolated (any Actor)? = #isolation
  ) async -> TimedResult<Value> {
    guard let told = limit.told, told != inherited?.instant || limit.cancellation != nil else {
      let result = await capture(body)
      return TimedResult(result: result, fired: false, ended: time.now)
    }
    let deadline = CallDeadline(told, on: time, cancels: limit.cancels)
    guard let instant = limit.cancellation else {
      let result = await capture { try await deadline.bind(body) }
      return TimedResult(result: result, fired: false, ended: time.now)
    }
    return await withCancellation(at: instant, on: time) { try await deadline.bind(body) }
  }

  private func capture<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
  ) async -> Result<Value, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
  }

  private func wait(until instant: Instant) async -> WaitEnd {
    do {
      try await time.sleep(until: instant)
      return .granted
    } catch {
      return .cancelled
    }
  }

  /// Makes the value of one link of a fallback chain.
  private func serve<Value>(
    layer: Int, step: Int, context: FallbackContext, report: CallReport?, into end: inout BodyEnd<Value>
  ) async -> FallbackEnd {
    guard let link = fallbackStep(layer: layer, step: step) else { return .unavailable }
    if let ready = serveWithoutCode(link, labels: context.labels, as: Value.self) {
      return end.take(ready, by: link, report: report, callerIsCancelled: false)
    }
    let made = await makeWithCode(link, context: context)
    return end.take(cast(made, by: link), by: link, report: report, callerIsCancelled: Task.isCancelled)
  }
}
