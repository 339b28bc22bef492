extension TimeSource {
  /// Suspends the task until `instant`; its cancellation ends the sleep at once.
  ///
  /// At `instant` or later it returns without suspending. A task that is cancelled already does not sleep.
  package func sleep(until instant: Instant) async throws(CancellationError) {
    guard !Task.isCancelled else { throw CancellationError() }
    guard now < instant else { return }
    if await Waiter(for: .time).wait(until: instant, on: self) == .cancelled { throw CancellationError() }
  }

  /// Blocks the thread until `instant`.
  package func blockThread(until instant: Instant) {
    guard now < instant else { return }
    _ = Waiter().block(until: instant, on: self)
  }
}
