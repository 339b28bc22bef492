/// One timer wheel and its lock.
final class TimerStripe: Sendable {
  private let wheel = Monitor(TimerWheel())

  func insert(_ action: TimerAction, at instant: Instant) -> TimerWheel.Handle {
    wheel.withLock { $0.insert(action, at: instant) }
  }

  func remove(_ handle: TimerWheel.Handle) -> TimerWheel.Removal {
    wheel.withLock { $0.remove(handle) }
  }

  /// Sleeps until the action of a timer, which runs on another thread, has ended.
  func awaitFinish(_ handle: TimerWheel.Handle) {
    wheel.wait { !$0.isFiring(handle) }
  }

  /// Performs the actions of all timers that are due, one after the other and unlocked.
  ///
  /// - Returns: when to look again; nil when no timer is armed.
  func fireDue(at now: Instant) -> Instant? {
    wheel.withLock { $0.advance(to: now) }
    while let due = wheel.withLock({ $0.nextDue() }) {
      due.action.perform()
      if wheel.withLock({ $0.finish(due.handle) }) { wheel.wakeAll() }
    }
    return wheel.withLock { $0.nextWake }
  }
}
