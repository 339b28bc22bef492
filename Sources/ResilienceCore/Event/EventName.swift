/// The kinds of events by name: what logs call them, and what filters ask for.
///
/// Names are added over time: a `switch` needs a default.
@nonexhaustive
public enum EventName: String, CaseIterable, Hashable, Sendable {
  case retryScheduled = "retry_scheduled"
  case retryStopped = "retry_stopped"
  case rejected
  case bulkheadFull = "bulkhead_full"
  case rateLimited = "rate_limited"
  case timedOut = "timed_out"
  case hedgeStarted = "hedge_started"
  case hedgeRefused = "hedge_refused"
  case hedgeWon = "hedge_won"
  case fallbackServed = "fallback_served"
  case fallbackFailed = "fallback_failed"
  case breakerOpened = "breaker_opened"
  case breakerHalfOpened = "breaker_half_opened"
  case breakerClosed = "breaker_closed"
  case breakerIsolated = "breaker_isolated"
  case breakerRamping = "breaker_ramping"
  case breakerForcedOpen = "breaker_forced_open"
  case breakerDisabled = "breaker_disabled"
  case breakerLate = "breaker_late"
  case shadow
  case bulkheadLimit = "bulkhead_limit"
  case chaosInjected = "chaos_injected"
  case chaosIgnored = "chaos_ignored"
  case labelMissing = "label_missing"
  case healthChanged = "health_changed"
  case overallHealthChanged = "overall_health_changed"
  case healthNotRunning = "health_not_running"
  case recoveryStarted = "recovery_started"
  case recoveryFailed = "recovery_failed"
  case recoveryFinished = "recovery_finished"
  case recoveryExhausted = "recovery_exhausted"
  case reloadApplied = "reload_applied"
  case reloadRejected = "reload_rejected"
  case eventsDropped = "events_dropped"

  /// What it means, for people who read a log.
  package var meaning: String {
    switch self {
    case .retryScheduled: "An attempt failed; `attempt` is the one that will start after `backoff_ms`."
    case .retryStopped: "An attempt failed and no other follows it; `reason` says why."
    case .rejected: "A breaker turned a call away."
    case .bulkheadFull: "A bulkhead had neither a place nor room to wait, or the wait for a place ended."
    case .rateLimited: "A rate limiter's next slot was too far away."
    case .timedOut: "A deadline or timeout passed."
    case .hedgeStarted: "A call was slow, so another one was started beside it; the first success counts."
    case .hedgeRefused: "A call was slow, and no other was started: the budget is spent."
    case .hedgeWon: "A hedge succeeded before the call that it was started for."
    case .fallbackServed: "A fallback stood in for a failed call."
    case .fallbackFailed: "A fallback failed itself; the next of its chain is asked."
    case .breakerOpened: "A breaker opened: calls are turned away for `open_ms`."
    case .breakerHalfOpened: "A breaker's open time is over and its first probe runs."
    case .breakerClosed: "A breaker closed."
    case .breakerIsolated: "A breaker was isolated by hand: calls are turned away until it is closed by hand."
    case .breakerRamping: "A breaker lets a growing share of the calls through, before it closes."
    case .breakerForcedOpen: "Settings came into force that make a breaker reject every call."
    case .breakerDisabled: "Settings came into force that make a breaker let every call through."
    case .shadow: "A breaker in shadow would have done this, and nothing was done; `decision` says what."
    case .breakerLate: "A result came after the state of the breaker that let its call through; it changed nothing."
    case .bulkheadLimit: "An adaptive bulkhead lets another number of calls run at once: `to` instead of `from`."
    case .chaosInjected: "Chaos made a call fail, wait or get a value, as the file says."
    case .chaosIgnored: "A layer of chaos does nothing: the program does not allow it. Told with each load of the file."
    case .labelMissing: "A call came without the label that a layer is keyed by. Told once a layer."
    case .healthChanged:
      "A health check answers otherwise than before; `in_a_row` answers of its kind came one after the other."
    case .overallHealthChanged: "All health checks together changed."
    case .healthNotRunning: "The file has health checks or recoveries, and the program does not run them."
    case .recoveryStarted: "A recovery begins an attempt: its condition has held for `held_ms`."
    case .recoveryFailed: "An attempt of a recovery failed; another one may follow."
    case .recoveryFinished: "A recovery ended well."
    case .recoveryExhausted: "A recovery has no attempt left: somebody has to look."
    case .reloadApplied: "A new policy file is in force."
    case .reloadRejected: "A new policy file was refused; nothing changed."
    case .eventsDropped: "Whoever reads the events was too slow and lost so many just before this."
    }
  }

  /// Whether every call can cause one, so that a log has to hold back repetitions.
  package var isPerCall: Bool {
    switch self {
    case .retryScheduled, .retryStopped, .rejected, .bulkheadFull, .rateLimited, .timedOut, .hedgeStarted,
      .hedgeRefused, .hedgeWon, .fallbackServed, .fallbackFailed, .breakerLate, .shadow, .chaosInjected:
      true
    case .breakerOpened, .breakerHalfOpened, .breakerClosed, .breakerIsolated, .breakerRamping, .breakerForcedOpen,
      .breakerDisabled, .bulkheadLimit, .chaosIgnored, .labelMissing, .healthChanged, .overallHealthChanged,
      .healthNotRunning, .recoveryStarted, .recoveryFailed, .recoveryFinished,
      .recoveryExhausted, .reloadApplied,
      .reloadRejected, .eventsDropped:
      false
    }
  }

  /// Whether it is a change of a breaker's state.
  package var isBreakerTransition: Bool {
    switch self {
    case .breakerOpened, .breakerHalfOpened, .breakerClosed, .breakerIsolated, .breakerRamping, .breakerForcedOpen,
      .breakerDisabled:
      true
    default: false
    }
  }
}

extension ResilienceEvent.Kind {
  /// What this kind is called.
  public var name: EventName {
    switch self {
    case .retryScheduled: .retryScheduled
    case .retryStopped: .retryStopped
    case .rejected: .rejected
    case .bulkheadFull: .bulkheadFull
    case .rateLimited: .rateLimited
    case .timedOut: .timedOut
    case .hedgeStarted: .hedgeStarted
    case .hedgeRefused: .hedgeRefused
    case .hedgeWon: .hedgeWon
    case .fallbackServed: .fallbackServed
    case .fallbackFailed: .fallbackFailed
    case .breaker(let change): change.name
    case .shadow: .shadow
    case .bulkheadLimit: .bulkheadLimit
    case .chaosInjected: .chaosInjected
    case .chaosIgnored: .chaosIgnored
    case .labelMissing: .labelMissing
    case .healthChanged: .healthChanged
    case .overallHealthChanged: .overallHealthChanged
    case .healthNotRunning: .healthNotRunning
    case .recoveryStarted: .recoveryStarted
    case .recoveryFailed: .recoveryFailed
    case .recoveryFinished: .recoveryFinished
    case .recoveryExhausted: .recoveryExhausted
    case .reloadApplied: .reloadApplied
    case .reloadRejected: .reloadRejected
    case .eventsDropped: .eventsDropped
    }
  }
}

extension BreakerChange {
  fileprivate var name: EventName {
    switch self {
    case .opened: .breakerOpened
    case .halfOpened: .breakerHalfOpened
    case .closed: .breakerClosed
    case .isolated: .breakerIsolated
    case .ramping: .breakerRamping
    case .forcedOpen: .breakerForcedOpen
    case .disabled: .breakerDisabled
    case .late: .breakerLate
    }
  }
}
