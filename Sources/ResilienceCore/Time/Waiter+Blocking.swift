extension Waiter {
  /// Blocks the thread until the waiter is granted or `instant` comes, whichever is first.
  package func block(until instant: Instant?, on time: TimeSource) -> WaitEnd {
    if let instant, end == nil, instant <= time.now { expire() }
    let monitor = Monitor(())
    if park(.thread(monitor)) {
      switch time {
      case .system: sleep(until: instant, on: monitor)
      case .virtual(let time): sleep(until: instant, on: time, monitor)
      }
    }
    return end ?? .cancelled
  }

  /// Keeps the time itself: a thread that sleeps needs no timer.
  private func sleep(until instant: Instant?, on monitor: Monitor<Void>) {
    while end == nil {
      if let instant, instant <= SystemClock.now { return expire() }
      monitor.sleep(until: instant) { _ in end != nil }
    }
  }

  private func sleep(until instant: Instant?, on time: VirtualTime, _ monitor: Monitor<Void>) {
    let token = if let instant { Optional(time.arm(at: instant, .expire(self))) } else { TimerToken?.none }
    while end == nil {
      if let work = time.workWhileBlocked {
        // With nothing left to do the wait would last for ever.
        if !work(time) { _ = giveUp() }
      } else {
        monitor.sleep(until: nil) { _ in end != nil }
      }
    }
    if let token { time.disarm(token) }
  }
}
