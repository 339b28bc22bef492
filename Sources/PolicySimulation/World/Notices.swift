internal import ResilienceCore
internal import Synchronization

/// What mechanisms tell while a call takes a step, kept until the step is over and the world looks.
///
/// Everything happens on one thread; the locks are there because observers and grants have to be sendable.
final class Notices: Sendable {
  /// A call whose wait for a place has ended with one.
  struct Grant: Sendable {
    let slot: UInt32
    let epoch: UInt32
  }

  private let events = Mutex<[ResilienceEvent]>([])
  private let grants = Mutex<ContiguousArray<Grant>>([])
  private let hasEvents = Atomic<Bool>(false)
  private let hasGrants = Atomic<Bool>(false)

  @Sendable func observe(_ event: ResilienceEvent) {
    events.withLock { $0.append(event) }
    hasEvents.store(true, ordering: .relaxed)
  }

  func grant(_ grant: Grant) {
    grants.withLock { $0.append(grant) }
    hasGrants.store(true, ordering: .relaxed)
  }

  /// The events since the last time, in order.
  @inline(__always)
  func takeEvents() -> [ResilienceEvent] {
    guard hasEvents.load(ordering: .relaxed) else { return [] }
    return takeAllEvents()
  }

  @inline(__always)
  func takeGrants() -> ContiguousArray<Grant> {
    guard hasGrants.load(ordering: .relaxed) else { return [] }
    return takeAllGrants()
  }

  private func takeAllEvents() -> [ResilienceEvent] {
    hasEvents.store(false, ordering: .relaxed)
    return events.withLock { events in
      defer { events = [] }
      return events
    }
  }

  private func takeAllGrants() -> ContiguousArray<Grant> {
    hasGrants.store(false, ordering: .relaxed)
    return grants.withLock { grants in
      defer { grants = [] }
      return grants
    }
  }
}
