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
  ///   - body: The work.
  /// - Throws: The body's last error when the plan has nothing to say, ``ResilienceError`` when it has, and
  ///   `CancellationError` when the caller was cancelled.
  package func run<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, judge: (Value) -> FailureFacts?,
    _ body: () async throws -> Value
  ) async throws -> Value {
    var place = ValuePlace<Value>()
    try await conduct(labels, report, failedValueThrows: false) {
      await place.fill(judge: judge, body)
    } place: {
      place.perform($0)
    }
    return try place.taken()
  }

  /// Runs `body` under this plan; every value that it returns is a success.
  package func run<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value
  ) async throws -> Value {
    try await run(labels: labels, report: report, judge: { _ in nil }, body)
  }

  /// Conducts a call from its entry to its end. When it returns, the value lies in its place.
  ///
  /// - Parameters:
  ///   - failedValueThrows: Whether a value that counts as a failure, when nothing better was found, is an error instead of the
  ///     result.
  ///   - attempt: Runs the body once.
  ///   - place: Where the value lies.
  func conduct(
    _ labels: [String: String], _ report: CallReport?, failedValueThrows: Bool, attempt: () async -> BodyOutcome,
    place: (ValueErrand) -> Bool
  ) async throws {
    let inherited = BoundDeadline.current
    var call = Call(self, labels: labels, inherited: inherited, failedValueThrows: failedValueThrows)
    var end = CallEnd()
    var next = call.enter(at: time.now)
    if !hasLimits, case .attempt = next {
      // The common case needs nothing of what the loop has for the others: one body, no limit of its own, a good value.
      let outcome = await attempt()
      let ended = TimedEnd(fired: false, ended: time.now)
      next = end.take(outcome, ended, of: self, for: &call, callerIsCancelled: Task.isCancelled)
      if case .finished(.success) = next, keepers.isEmpty { return }
    }
    try await recover(&call, from: next, end, report, attempt: attempt, place: place)
  }

  /// Takes a call from where it stands to its end.
  func recover(
    _ call: inout Call, from next: Next, _ soFar: CallEnd, _ report: CallReport?, attempt: () async -> BodyOutcome,
    place: (ValueErrand) -> Bool
  ) async throws {
    var end = soFar
    let around = call.inherited?.instant
    let verdict = await drive(&call, from: next, into: &end, report: report) { limit in
      let (outcome, end) = await limit.run(attempt, within: around, on: time)
      return .ended(outcome, end)
    } race: { call, _, _ in
      // A call that was not made for hedging never asks for this.
      call.hedgeCancelled(at: time.now)
    } place: {
      place($0)
    }
    try finish(verdict, of: call, with: end, report: report, place)
  }

  /// Does what the call answers until it has its verdict; `attempt` runs the body once, `race` does what a hedge asks for until
  /// its race is over.
  func drive(
    _ call: inout Call, from first: Next, into end: inout CallEnd, report: CallReport?,
    attempt: (BodyLimit) async -> BodyRun, race: (inout Call, HedgeStep, inout CallEnd) async -> Next,
    place: (ValueErrand) -> Bool
  ) async -> Verdict {
    var next = first
    while true {
      switch next {
      case .attempt:
        if call.attempt > 1 || call.isLeg, Task.isCancelled {
          next = call.attemptEnded(.cancelled, at: time.now)
        } else {
          let run = await attempt(call.bodyLimit)
          next = end.take(run, of: self, for: &call, callerIsCancelled: Task.isCancelled)
        }
      case .wait(let instant):
        next = call.waitEnded(await wait(until: instant), at: time.now)
      case .queue(let waiter, let until):
        next = call.waitEnded(await waiter.wait(until: until, on: time), at: time.now)
      case .fallback(let layer, let step):
        let context = call.fallbackContext(causedBy: end.error)
        let served = await serve(layer: layer, step: step, context: context, report: report, into: &end, place)
        next = call.fallbackEnded(served, at: time.now)
      case .hedge(let step):
        next = await race(&call, step, &end)
      case .inject(let layer):
        next = call.valueInjected(end.inject(from: layer, of: self, place), at: time.now)
      case .finished(let verdict):
        return verdict
      }
    }
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
  private func serve(
    layer: Int, step: Int, context: FallbackContext, report: CallReport?, into end: inout CallEnd,
    _ place: (ValueErrand) -> Bool
  ) async -> FallbackEnd {
    guard let link = fallbackStep(layer: layer, step: step) else { return .unavailable }
    if let ready = serveWithoutCode(link, labels: context.labels, into: place) {
      return end.take(ready, by: link, report: report, callerIsCancelled: false)
    }
    let made = await makeWithCode(link, context: context)
    return end.take(serve(made, by: link, into: place), by: link, report: report, callerIsCancelled: Task.isCancelled)
  }
}

extension BodyLimit {
  /// Runs a body under these limits; one that is abandoned needs more than this.
  ///
  /// - Parameter inherited: The limit of the call around this one.
  @inline(__always)
  func run(
    _ attempt: () async -> BodyOutcome, within inherited: Instant?, on time: TimeSource
  ) async -> (BodyOutcome, TimedEnd) {
    guard let told, told != inherited || cancellation != nil else {
      let outcome = await attempt()
      return (outcome, TimedEnd(fired: false, ended: time.now))
    }
    let deadline = CallDeadline(told, on: time, cancels: cancels)
    guard let instant = cancellation else {
      let outcome = await deadline.bindAttempt(attempt)
      return (outcome, TimedEnd(fired: false, ended: time.now))
    }
    return await withCancellation(at: instant, telling: deadline, on: time, attempt)
  }

  /// Runs a body that does not suspend, which nothing can cancel.
  @inline(__always)
  func runBlocking(
    _ attempt: () -> BodyOutcome, within inherited: Instant?, on time: TimeSource
  ) -> (BodyOutcome, TimedEnd) {
    let outcome: BodyOutcome
    if let told, told != inherited {
      outcome = CallDeadline(told, on: time, cancels: false).bindBlocking(attempt)
    } else {
      outcome = attempt()
    }
    return (outcome, TimedEnd(fired: false, ended: time.now))
  }
}
