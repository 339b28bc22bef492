extension Call {
  /// Tells the plan's observer, if there is one, what a layer decided.
  func emit(
    _ kind: @autoclosure () -> ResilienceEvent.Kind, layer: Int, name: String? = nil, at now: Instant
  ) {
    guard let observer = plan.observer else { return }
    observer(
      ResilienceEvent(
        kind(), operation: plan.operation, layer: plan.layers[layer].kind, name: name ?? plan.name(of: layer),
        location: plan.location(of: layer), generation: plan.generation, at: now))
  }

  /// Tells what a call changed in a breaker, at the instants when that happened.
  // Nearly always nothing. Inline, as a call from a method that changes the call would copy all of it first.
  @inline(__always)
  func emit(_ changes: BreakerChanges, of breaker: CircuitBreaker, layer: Int) {
    if !changes.isEmpty { emit(all: changes, of: breaker, layer: layer) }
  }

  private func emit(all changes: BreakerChanges, of breaker: CircuitBreaker, layer: Int) {
    for change in changes { emit(change.event, layer: layer, name: breaker.name, at: change.instant) }
  }

  /// What a fallback is told of this call.
  func fallbackContext(causedBy bodyError: (any Error)?) -> FallbackContext {
    FallbackContext(operation: plan.operation, labels: labels, failure: failure(causedBy: bodyError))
  }

  /// What the call would end with if nothing stood in for it: its own error, or the body's.
  package func failure(causedBy bodyError: (any Error)?) -> any Error {
    guard case .finished(let verdict) = finish() else { return CancellationError() }
    if let own = error(for: verdict, cause: bodyError, fallbackError: nil) { return own }
    return bodyError
      ?? ResilienceError(.resultFailed, operation: plan.operation, layer: .operation, name: "body", history: history)
  }

  /// The error that a verdict stands for; `nil` when it is not the policy's to say.
  package func error(for verdict: Verdict, cause: (any Error)?, fallbackError: (any Error)?) -> (any Error)? {
    switch verdict {
    case .success, .fallback, .bodyFailed, .cancelled: nil
    case .injected(let layer): injectedFailure(of: layer)
    case .rejected(let layer, let reason, let retryAfter):
      ResilienceError(
        reason.code, operation: plan.operation, layer: plan.layers[layer].kind,
        name: rejecter ?? plan.name(of: layer),
        retryAfter: retryAfter.map { Duration(nanoseconds: $0) }, cause: cause, history: history)
    case .timedOut(let layer):
      ResilienceError(
        .timedOut, operation: plan.operation, layer: layer.map { plan.layers[$0].kind } ?? .operation,
        name: layer.map { plan.name(of: $0) } ?? "enclosing call", cause: cause, history: history)
    case .fallbackFailed(let layer):
      ResilienceError(
        .fallbackFailed, operation: plan.operation, layer: .fallback, name: plan.name(of: layer), cause: cause,
        fallbackError: fallbackError, history: history)
    }
  }
}
