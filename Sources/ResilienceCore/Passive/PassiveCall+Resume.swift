/// How a body ended whose call left the short way.
package enum PassiveEnd<Value> {
  /// It did not run: a layer stopped the call.
  case notStarted
  /// It returned, with what makes the value a failure, if anything does.
  case value(Value, FailureFacts?)
  case error(any Error)
}

extension Call {
  /// A call that stands where `passive` stands: behind all layers with its body at an end, or in front of the layer that stopped it.
  init(resuming passive: PassiveCall, under plan: Plan, labels: [String: String], failedValueThrows: Bool) {
    self.init(plan, labels: labels, failedValueThrows: failedValueThrows)
    var number = 0
    let reached = passive.runsBody ? plan.layers.count : passive.stoppingLayer(of: plan)
    for layer in 0..<reached {
      switch plan.layers[layer].mechanism {
      case .retry: states[layer] = LayerState(first: 1)
      case .breaker, .bulkhead, .rateLimit:
        hold(plan.passive.step(number), passive)
        number += 1
      default: break
      }
    }
    guard passive.runsBody else { return }
    attempt = 1
    bodyRan = true
    pending = .body
  }

  private mutating func hold(_ step: PassiveStep, _ passive: PassiveCall) {
    switch step.mechanism {
    case .breaker(_, let number):
      // Nobody measured the start, so that the call is not slow: it began when the breaker did not ask for that.
      states[step.layer] = LayerState(
        first: passive.permit(number), third: Instant.distantFuture.nanoseconds)
      hold(step.layer)
    case .bulkhead: hold(step.layer)
    case .rateLimit: break
    }
  }

  /// Enters the layer that stopped a call on the short way, which now may say why.
  mutating func resumeDescent(_ passive: PassiveCall, at now: Instant) -> Next {
    descend(from: passive.stoppingLayer(of: plan), at: now)
  }
}

// MARK: - On the long way

extension PassiveCall {
  /// The layer that stopped the call, whose body did not run.
  fileprivate func stoppingLayer(of plan: Plan) -> Int { plan.passive.step(steps).layer }

  /// The call, standing where this one stands; what this one held is the call's from here on.
  private func call(under plan: Plan, labels: [String: String], failedValueThrows: Bool) -> Call {
    Call(resuming: self, under: plan, labels: labels, failedValueThrows: failedValueThrows)
  }

  /// Goes on with a call that left the short way, for asynchronous code.
  ///
  /// - Parameters:
  ///   - plan: The plan that it began under.
  ///   - hasFallback: Whether the caller brings a fallback, which is `fallback`; else that is never called.
  package func resume<Value>(
    _ end: PassiveEnd<Value>, under plan: Plan, labels: [String: String], report: CallReport?,
    judge: (Value) -> FailureFacts?, hasFallback: Bool, isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws -> Value, fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    var call = call(under: plan, labels: labels, failedValueThrows: hasFallback)
    let next: Next
    let soFar: BodyEnd<Value>
    switch end {
    case .notStarted:
      soFar = BodyEnd()
      next = call.resumeDescent(self, at: plan.time.now)
    case .value(let value, let facts):
      soFar = BodyEnd(value: value)
      next = call.attemptEnded(plan.attemptEnd(of: value, facts), at: plan.time.now)
    case .error(let error):
      soFar = BodyEnd(error: error)
      let end = plan.attemptEnd(of: error, callerIsCancelled: Task.isCancelled)
      next = call.attemptEnded(end, at: plan.time.now)
    }
    do {
      return try await plan.recover(&call, from: next, soFar, nil, report, judge, body)
    } catch  where hasFallback {
      return try await plan.serve(error, report: report, fallback)
    }
  }

  /// Goes on with a call that left the short way, for code that does not suspend.
  package func resumeBlocking<Value>(
    _ end: PassiveEnd<Value>, under plan: Plan, labels: [String: String], report: CallReport?,
    judge: (Value) -> FailureFacts?, hasFallback: Bool, _ body: () throws -> Value,
    fallback: (any Error) throws -> Value
  ) throws -> Value {
    var call = call(under: plan, labels: labels, failedValueThrows: hasFallback)
    let next: Next
    let soFar: BodyEnd<Value>
    switch end {
    case .notStarted:
      soFar = BodyEnd()
      next = call.resumeDescent(self, at: plan.time.now)
    case .value(let value, let facts):
      soFar = BodyEnd(value: value)
      next = call.attemptEnded(plan.attemptEnd(of: value, facts), at: plan.time.now)
    case .error(let error):
      soFar = BodyEnd(error: error)
      next = call.attemptEnded(plan.attemptEnd(of: error, callerIsCancelled: false), at: plan.time.now)
    }
    do {
      return try plan.recoverBlocking(&call, from: next, soFar, nil, report, judge, body)
    } catch  where hasFallback {
      return try plan.serveBlocking(error, report: report, fallback)
    }
  }

  /// The plan, to keep.
  package var counted: Plan? { reference?.counted }
}
