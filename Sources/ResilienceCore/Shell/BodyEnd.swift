/// How a shell ran one body.
enum BodyRun<Value> {
  case ended(TimedResult<Value>)
  /// The caller no longer waits; the body owns these places from now on.
  case abandoned(at: Instant, AbandonedPlaces)
  /// The race of this leg was over when the body ended: whatever came of it came too late. `byLimit`: because a limit came.
  case tooLate(at: Instant, byLimit: Bool)
}

/// What the bodies and fallbacks of one call left behind, for the shell to return or throw in the end.
struct BodyEnd<Value> {
  /// The last value that a body returned or a fallback made.
  var value: Value?
  /// The last error that a body threw; `nil` after a body that returned.
  var error: (any Error)?
  /// The last error that a fallback threw.
  var fallbackError: (any Error)?

  /// Takes what a body left and tells the call.
  mutating func take(
    _ run: BodyRun<Value>, of plan: Plan, for call: inout Call, callerIsCancelled: Bool,
    judge: (Value) -> FailureFacts?
  ) -> Next {
    switch run {
    case .abandoned(let instant, let places):
      value = nil
      error = nil
      let (next, held) = call.bodyAbandoned(cancelled: callerIsCancelled, at: instant)
      places.take(held)
      return next
    case .tooLate(let instant, let byLimit):
      return call.attemptEnded(.cancelled, cancelledByLimit: byLimit, at: instant)
    case .ended(let ran):
      let end = take(ran.result, of: plan, callerIsCancelled: callerIsCancelled, judge: judge)
      return call.attemptEnded(end, cancelledByLimit: ran.fired, at: ran.ended)
    }
  }

  private mutating func take(
    _ result: Result<Value, any Error>, of plan: Plan, callerIsCancelled: Bool, judge: (Value) -> FailureFacts?
  ) -> AttemptEnd {
    switch result {
    case .success(let value):
      self.value = value
      error = nil
      return plan.attemptEnd(of: value, judge(value))
    case .failure(let error):
      value = nil
      self.error = error
      return plan.attemptEnd(of: error, callerIsCancelled: callerIsCancelled)
    }
  }

  /// Takes the value that a layer of chaos injects; `false` when it has none of this type.
  mutating func inject(from layer: Int, of plan: Plan) -> Bool {
    guard case .chaos(let chaos) = plan.layers[layer].mechanism, case .value(let value) = chaos.effect,
      let made = value.value(as: Value.self)
    else { return false }
    self.value = made
    error = nil
    return true
  }

  /// Takes what a fallback gave.
  mutating func take(
    _ served: Plan.Served<Value>, by link: FallbackStep, report: CallReport?, callerIsCancelled: Bool
  ) -> FallbackEnd {
    switch served {
    case .value(let value, let age):
      self.value = value
      report?.serve(fallback: link.name, age: age.map { Duration(nanoseconds: $0) })
      return .served(age: age)
    case .nothing: return .unavailable
    case .failed(let error):
      if callerIsCancelled { return .cancelled }
      fallbackError = error
      return .failed
    }
  }
}

extension BodyEnd: Sendable where Value: Sendable {}

extension Plan {
  /// How the call machine sees a body that returned.
  func attemptEnd<Value>(of value: Value, _ facts: FailureFacts?) -> AttemptEnd {
    guard let facts else { return .success }
    return .failure(classifier.classify(facts, type: String(reflecting: Value.self)))
  }

  /// How the call machine sees a body that threw. While its caller is cancelled it was cancelled, whatever it throws.
  func attemptEnd(of error: any Error, callerIsCancelled: Bool) -> AttemptEnd {
    if callerIsCancelled || error is CancellationError { return .cancelled }
    return .failure(classifier.classify(error))
  }

  /// Ends a call: what the caller gets.
  ///
  /// A value that counts as a failure is returned all the same when the policy has nothing better: it is the body's answer.
  func finish<Value>(
    _ verdict: Verdict, of call: borrowing Call, with end: BodyEnd<Value>, report: CallReport?
  ) throws -> Value {
    report?.finish(attempts: call.history)
    if case .cancelled = verdict { throw CancellationError() }
    if let failure = call.error(for: verdict, cause: end.error, fallbackError: end.fallbackError) { throw failure }
    if call.failedValueThrows, case .bodyFailed = verdict { throw call.failure(causedBy: end.error) }
    guard let value = end.value else { throw end.error ?? CancellationError() }
    if case .success = verdict, !keepers.isEmpty { keep(value, labels: call.labels, at: time.now) }
    return value
  }
}
