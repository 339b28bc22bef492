import Synchronization

/// Wakes one task that listens, now or the next time it does: any number of rings before it looks are one.
package final class Bell: Sendable {
  private enum State {
    case silent
    case rung
    case awaited(Waiter)
  }

  private let state = Mutex(State.silent)

  package init() {}

  /// Wakes the listener.
  package func ring() {
    while let waiter = takeListener() {
      if waiter.grant() { return }
      // Its time was over at the same moment: the ring is for the next time it listens.
    }
  }

  /// Who listens now, and does so no more; without anybody the ring is kept.
  private func takeListener() -> Waiter? {
    state.withLock { state in
      guard case .awaited(let waiter) = state else {
        state = .rung
        return nil
      }
      state = .silent
      return waiter
    }
  }

  /// Suspends the task until the bell rings, `instant` comes or the task is cancelled. One task at a time.
  package func wait(until instant: Instant? = nil, on time: TimeSource) async -> WaitEnd {
    let waiter = Waiter()
    let hasRung = state.withLock { state in
      guard case .rung = state else {
        state = .awaited(waiter)
        return false
      }
      state = .silent
      return true
    }
    if hasRung { return Task.isCancelled ? .cancelled : .granted }
    let end = await waiter.wait(until: instant, on: time)
    state.withLock { state in
      if case .awaited(let other) = state, other === waiter { state = .silent }
    }
    return end
  }
}
