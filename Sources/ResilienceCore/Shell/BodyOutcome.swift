/// How one body ended, for the loop that drives its call.
///
/// A value that it returned is not part of it: that lies in a ``ValuePlace`` of the caller, who alone knows its type. So the loop, and
/// everything else that a call does, is the same code for all types, and no metadata of generic types is looked up while a call runs.
@usableFromInline package enum BodyOutcome {
  case good
  /// It returned a value of this type that counts as a failure.
  indirect case poor(FailureFacts, any Any.Type)
  case threw(any Error)
}

/// How a shell ran one body.
enum BodyRun {
  case ended(BodyOutcome, TimedEnd)
  /// The caller no longer waits; the body owns these places from now on.
  case abandoned(at: Instant, AbandonedPlaces)
  /// The race of this leg was over when the body ended: whatever came of it came too late. `byLimit`: because a limit came.
  case tooLate(at: Instant, byLimit: Bool)
}

extension Plan {
  /// How the call machine sees a body that ended. While its caller is cancelled a body that threw was cancelled, whatever it threw.
  func attemptEnd(of outcome: BodyOutcome, callerIsCancelled: Bool) -> AttemptEnd {
    switch outcome {
    case .good: .success
    case .poor(let facts, let type): .failure(classifier.classify(facts, type: String(reflecting: type)))
    case .threw(let error): attemptEnd(of: error, callerIsCancelled: callerIsCancelled)
    }
  }

  private func attemptEnd(of error: any Error, callerIsCancelled: Bool) -> AttemptEnd {
    if callerIsCancelled || error is CancellationError { return .cancelled }
    return .failure(classifier.classify(error))
  }
}
