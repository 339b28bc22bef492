/// What a timer does at its instant, on the thread that keeps the time and with no lock held.
package enum TimerAction: Sendable {
  /// Cancels a task. Whoever arms it disarms it before that task ends.
  case task(TaskReference)
  /// Ends a wait that nobody granted.
  case expire(Waiter)
  /// Runs a closure, which must be quick: every timer after this one waits for it.
  case call(@Sendable () -> Void)

  func perform() {
    switch self {
    case .task(let task): task.cancel()
    case .expire(let waiter): waiter.expire()
    case .call(let closure): closure()
    }
  }
}

/// The right to take back one timer. Dropping it leaves the timer armed.
package struct TimerToken: ~Copyable, Sendable {
  /// Where the timer is kept; means something to the time source that armed it only.
  let place: UInt64
  let generation: UInt64
}
