internal import PolicyCompiler
internal import ResilienceCore

/// Something that a monitor has to tell.
enum HealthNotice: Sendable {
  case changed(check: String, location: String?, HealthTransition)
  case overall(from: HealthStatus, to: HealthStatus)
  case gate(ChangedBreaker, check: String, location: String?)

  func events(generation: UInt64, at now: Instant) -> [ResilienceEvent] {
    switch self {
    case .changed(let check, let location, let transition):
      [
        ResilienceEvent(
          .healthChanged(
            from: transition.from, to: transition.to, message: transition.answer.report.message,
            latency: Duration(nanoseconds: transition.answer.latency), inARow: transition.inARow),
          operation: "", layer: .healthCheck, name: check, location: location, generation: generation, at: now)
      ]
    case .overall(let from, let to):
      [
        ResilienceEvent(
          .overallHealthChanged(from: from, to: to), operation: "", layer: .healthCheck, name: "", location: nil,
          generation: generation, at: now)
      ]
    case .gate(let gate, _, let location):
      gate.changes.map { change in
        ResilienceEvent(
          change.event, operation: "", layer: .breaker, name: gate.breaker.name, location: location,
          generation: generation, at: change.instant)
      }
    }
  }
}
