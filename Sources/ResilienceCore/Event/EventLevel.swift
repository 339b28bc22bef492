/// How much an event matters to somebody who looks after a service.
public enum EventLevel: String, CaseIterable, Hashable, Sendable, Comparable {
  /// Of use when one call is followed.
  case debug
  /// The policy does its work.
  case info
  /// Calls fail, or are turned away.
  case warning
  /// A dependency is down, or a new file is not in force.
  case error

  public static func < (left: EventLevel, right: EventLevel) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .debug: 0
    case .info: 1
    case .warning: 2
    case .error: 3
    }
  }
}

extension ResilienceEvent {
  /// How much this matters.
  public var level: EventLevel {
    switch kind {
    case .retryStopped(_, .class, _), .hedgeStarted, .hedgeRefused: .debug
    case .breaker(let change): change.level
    case .shadow: .info
    case .retryScheduled, .hedgeWon, .chaosInjected, .fallbackServed, .bulkheadLimit, .recoveryStarted,
      .recoveryFinished, .reloadApplied:
      .info
    case .retryStopped, .rejected, .bulkheadFull, .rateLimited, .timedOut, .fallbackFailed, .chaosIgnored,
      .labelMissing,
      .healthNotRunning, .recoveryFailed, .eventsDropped:
      .warning
    case .healthChanged(_, let status, _, _, _), .overallHealthChanged(_, let status): status.level
    case .recoveryExhausted, .reloadRejected: .error
    }
  }
}

extension HealthStatus {
  fileprivate var level: EventLevel {
    switch self {
    case .unhealthy: .error
    case .degraded: .warning
    default: .info
    }
  }
}

extension BreakerChange {
  fileprivate var level: EventLevel {
    switch self {
    case .opened: .error
    case .isolated, .forcedOpen, .disabled: .warning
    case .halfOpened, .ramping, .closed: .info
    case .late: .debug
    }
  }
}
