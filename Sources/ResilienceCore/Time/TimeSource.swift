/// Where an engine takes its time from: instants, timers and sleep.
public enum TimeSource: Sendable {
  /// The machine's monotonic clock, and one thread that all timers share.
  case system
  /// Time that moves only when it is told to.
  case virtual(VirtualTime)

  /// The present instant.
  package var now: Instant {
    switch self {
    case .system: SystemClock.now
    case .virtual(let time): time.now
    }
  }

  /// The present instant, or one that passed a few milliseconds ago: enough for windows and rates, and to see that a limit on a call is far off.
  package var coarseNow: Instant {
    switch self {
    case .system: SystemClock.coarseNow
    case .virtual(let time): time.coarseNow
    }
  }

  /// Performs `action` once at `instant`, or as soon as possible when that has passed. Never earlier.
  ///
  /// On system time less than 0.1 ms late plus the time that a thread needs to wake up. Constant time, no allocation once
  /// as many timers were armed before.
  package func arm(at instant: Instant, _ action: TimerAction) -> TimerToken {
    switch self {
    case .system: SharedTimer.shared.arm(at: instant, action)
    case .virtual(let time): time.arm(at: instant, action)
    }
  }

  /// Takes a timer back.
  ///
  /// - Returns: true when the action has not run and never will; false when it ran. An action that is running is waited for,
  ///   unless this is called from within it.
  @discardableResult
  package func disarm(_ token: consuming TimerToken) -> Bool {
    switch self {
    case .system: SharedTimer.shared.disarm(token)
    case .virtual(let time): time.disarm(token)
    }
  }
}
