extension Waiter {
  /// Blocks the thread until the waiter is granted or `instant` comes, whichever is first.
  package func block(until instant: Instant?, on time: TimeSource) -> WaitEnd {
    if let instant, end == nil, instant <= time.now { expire() }
    let monitor = Monitor()
    if park(.thread(monitor)) {
      switch time {
      case .system: sleep(until: instant, on: monitor)
      case .virtual(let time): sleep(until: instant, on: time, monitor)
      }
    }
    return end ?? .cancelled
  }

  /// Keeps the time itself: a thread that sleeps needs no timer.
  private func sleep(until instant: Instant?, on monitor: Monitor) {
    while end == nil {
      if let instant, instant <= SystemClock.now { return expire() }
      monitor.withLock {
        guard end == nil else { return }
        if let instant { monitor.wait(until: instant) } else { monitor.wait() }
      }
    }
  }

  private func sleep(until instant: Instant?, on time: VirtualTime, _ monitor: Monitor) {
    let token = if let instant { Optional(time.arm(at: instant, .expire(self))) } else { TimerToken?.none }
    while end == nil {
      if time.blockingAdvances, time.advanceToNextTimer() { continue }
      monitor.withLock { if end == nil { monitor.wait() } }
    }
    if let token { time.disarm(token) }
  }
}
