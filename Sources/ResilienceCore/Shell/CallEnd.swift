/// What the bodies and fallbacks of one call left behind, beside the value.
struct CallEnd {
  /// Whether the caller's ``ValuePlace`` holds what a body returned or a fallback made last.
  var hasValue = false
  /// The last error that a body threw; `nil` after a body that returned.
  var error: (any Error)?
  /// The last error that a fallback threw.
  var fallbackError: (any Error)?

  /// Takes what a body left and tells the call.
  mutating func take(_ run: BodyRun, of plan: Plan, for call: inout Call, callerIsCancelled: Bool) -> Next {
    switch run {
    case .abandoned(let instant, let places):
      hasValue = false
      error = nil
      let (next, held) = call.bodyAbandoned(cancelled: callerIsCancelled, at: instant)
      places.take(held)
      return next
    case .tooLate(let instant, let byLimit):
      return call.attemptEnded(.cancelled, cancelledByLimit: byLimit, at: instant)
    case .ended(let outcome, let end):
      return take(outcome, end, of: plan, for: &call, callerIsCancelled: callerIsCancelled)
    }
  }

  mutating func take(
    _ outcome: BodyOutcome, _ end: TimedEnd, of plan: Plan, for call: inout Call, callerIsCancelled: Bool
  ) -> Next {
    switch outcome {
    case .good, .poor:
      hasValue = true
      error = nil
    case .threw(let thrown):
      hasValue = false
      error = thrown
    }
    let attemptEnd = plan.attemptEnd(of: outcome, callerIsCancelled: callerIsCancelled)
    return call.attemptEnded(attemptEnd, cancelledByLimit: end.fired, at: end.ended ?? plan.time.now)
  }

  /// Takes the value that a layer of chaos injects; `false` when it has none of the call's type.
  mutating func inject(from layer: Int, of plan: Plan, _ place: (ValueErrand) -> Bool) -> Bool {
    guard case .chaos(let chaos) = plan.layers[layer].mechanism, case .value(let value) = chaos.effect,
      place(.take(value))
    else { return false }
    hasValue = true
    error = nil
    return true
  }

  /// Takes what a fallback gave.
  mutating func take(
    _ served: Plan.Served, by link: FallbackStep, report: CallReport?, callerIsCancelled: Bool
  ) -> FallbackEnd {
    switch served {
    case .value(let age):
      hasValue = true
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

extension Plan {
  /// Ends a call: throws what the caller gets, unless that is the value in its place.
  ///
  /// A value that counts as a failure is returned all the same when the policy has nothing better: it is the body's answer.
  func finish(
    _ verdict: Verdict, of call: borrowing Call, with end: CallEnd, report: CallReport?,
    _ place: (ValueErrand) -> Bool
  ) throws {
    report?.finish(attempts: call.history)
    if case .cancelled = verdict { throw CancellationError() }
    if let failure = call.error(for: verdict, cause: end.error, fallbackError: end.fallbackError) { throw failure }
    if call.failedValueThrows, case .bodyFailed = verdict { throw call.failure(causedBy: end.error) }
    guard end.hasValue else { throw end.error ?? CancellationError() }
    if case .success = verdict, !keepers.isEmpty { keep(place, labels: call.labels, at: time.now) }
  }
}
