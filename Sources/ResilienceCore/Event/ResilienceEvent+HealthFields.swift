extension ResilienceEvent.Kind {
  /// The numbers and words of events about health checks.
  var healthFields: [EventField] {
    switch self {
    case .healthChanged(let old, let new, let message, let latency, let inARow):
      [
        EventField(.status, new.rawValue), EventField(.was, old.rawValue), EventField(.latency, latency),
        EventField(.inARow, inARow),
      ] + (message.map { [EventField(.message, $0)] } ?? [])
    case .overallHealthChanged(let old, let new): [EventField(.status, new.rawValue), EventField(.was, old.rawValue)]
    case .healthNotRunning(let checks, let recoveries):
      [EventField(.checks, checks), EventField(.recoveries, recoveries)]
    default: []
    }
  }

  /// The numbers and words of events about recoveries.
  var recoveryFields: [EventField] {
    switch self {
    case .recoveryStarted(let attempt, let condition, let heldFor):
      [EventField(.attempt, attempt), EventField(.condition, condition), EventField(.heldFor, heldFor)]
    case .recoveryFailed(let attempt, let reason): [EventField(.attempt, attempt), EventField(.reason, reason)]
    case .recoveryFinished(let attempts, let clearedByItself, let took):
      [
        EventField(.attempts, attempts), EventField(.cleared, clearedByItself ? "by-itself" : "verified"),
        EventField(.took, took),
      ]
    case .recoveryExhausted(let attempts, let reason, let took):
      [EventField(.attempts, attempts), EventField(.reason, reason), EventField(.took, took)]
    default: []
    }
  }
}
