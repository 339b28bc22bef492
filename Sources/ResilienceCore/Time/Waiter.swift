import Synchronization

/// One queued caller: whoever gets there first, the grant or the caller's giving up, decides.
package final class Waiter: Sendable {
  private enum State { case waiting, granted, gaveUp }

  private let state = Mutex(State.waiting)
  private let onGrant: @Sendable () -> Void

  package convenience init() { self.init(onGrant: {}) }

  package init(onGrant: @escaping @Sendable () -> Void) { self.onGrant = onGrant }

  /// Gives the caller what it waits for; `false` when it gave up earlier.
  package func grant() -> Bool {
    let granted = decide(.granted)
    if granted { onGrant() }
    return granted
  }

  /// Stops waiting; `false` when the grant came first, and is the caller's.
  package func giveUp() -> Bool { decide(.gaveUp) }

  private func decide(_ end: State) -> Bool {
    state.withLock { state in
      guard state == .waiting else { return false }
      state = end
      return true
    }
  }
}
