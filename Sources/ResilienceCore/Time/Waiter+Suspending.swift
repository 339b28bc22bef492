extension Waiter {
  /// Suspends the task until the waiter is granted, `instant` comes or the task is cancelled, whichever is first.
  ///
  /// A grant that was first stands whatever follows it; a cancellation wins over an instant that comes with it.
  package func wait(until instant: Instant?, on time: TimeSource) async -> WaitEnd {
    if let end { return end }
    if Task.isCancelled {
      _ = settle(.cancelled)
    } else if let instant, instant <= time.now {
      _ = settle(.expired)
    } else {
      await suspend(until: instant, on: time)
    }
    guard let end else { return .cancelled }
    return end == .expired && Task.isCancelled ? .cancelled : end
  }

  private func suspend(until instant: Instant?, on time: TimeSource) async {
    let token = if let instant { Optional(time.arm(at: instant, .expire(self))) } else { TimerToken?.none }
    let wait = time.virtual?.beginWait(for: purpose, until: instant)
    await withTaskCancellationHandler {
      await suspend()
    } onCancel: {
      _ = settle(.cancelled)
    }
    if let wait { time.virtual?.endWait(wait) }
    if let token { time.disarm(token) }
  }
}
