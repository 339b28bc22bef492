internal import ResilienceCore
internal import Synchronization

/// The plan that new calls of an operation take, until a reload puts another in its place.
///
/// Whoever takes a plan keeps it to the end of the call, so an old plan goes with its last call.
final class PlanSlot: Sendable {
  private let current: Mutex<Plan?>

  init(_ plan: Plan?) { current = Mutex(plan) }

  /// `nil` after the operation was removed.
  var plan: Plan? { current.withLock { $0 } }

  func put(_ plan: Plan?) {
    // What was there may go with this, so it goes without the lock.
    let old = current.withLock { current in
      let old = current
      current = plan
      return old
    }
    withExtendedLifetime(old) {}
  }
}
