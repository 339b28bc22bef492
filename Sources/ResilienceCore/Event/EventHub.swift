import Synchronization

/// Hands the events of an engine to everybody who listens at the moment.
///
/// Whether somebody listens is one atomic flag, and only a decision reads it: without listeners no event is made, and a call
/// that goes right does not come near. Listeners can come and go while events are handed out; one that has gone may still be
/// told an event that was on its way.
package final class EventHub: Sendable {
  /// Which listener; never used twice.
  package struct ListenerNumber: Hashable, Sendable {
    fileprivate let number: UInt64
  }

  private struct State {
    var listeners: [(number: UInt64, sink: any EventSink)] = []
    var added: UInt64 = 0
  }

  private let isObserved = Atomic(false)
  private let state = Mutex(State())

  package init(_ observer: EventObserver? = nil, sinks: [any EventSink] = []) {
    if let observer { _ = add(ObservingSink(observer: observer)) }
    for sink in sinks { _ = add(sink) }
  }

  deinit {
    for listener in state.withLock({ $0.listeners }) { listener.sink.finish() }
  }

  /// Tells everybody who listens; `nil` when nobody does.
  package var observer: EventObserver? {
    guard isObserved.load(ordering: .acquiring) else { return nil }
    return publish
  }

  /// Adds a listener. It is told every event that is decided from now on.
  package func add(_ sink: any EventSink) -> ListenerNumber {
    state.withLock { state in
      state.added += 1
      state.listeners.append((state.added, sink))
      isObserved.store(true, ordering: .releasing)
      return ListenerNumber(number: state.added)
    }
  }

  /// Takes a listener away; one that is gone already stays so.
  package func remove(_ listener: ListenerNumber) {
    // A sink that goes with this does so without the lock.
    let removed = state.withLock { state -> (any EventSink)? in
      guard let index = state.listeners.firstIndex(where: { $0.number == listener.number }) else { return nil }
      let sink = state.listeners.remove(at: index).sink
      isObserved.store(!state.listeners.isEmpty, ordering: .releasing)
      return sink
    }
    withExtendedLifetime(removed) {}
  }

  /// How many listen.
  package var listenerCount: Int { state.withLock { $0.listeners.count } }

  @Sendable private func publish(_ event: ResilienceEvent) {
    for listener in state.withLock({ $0.listeners }) { listener.sink.receive(event) }
  }
}
