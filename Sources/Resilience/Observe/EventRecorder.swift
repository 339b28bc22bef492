public import ResilienceCore
internal import Synchronization

/// Keeps the newest events, for tests and for a look at what a service decided lately.
///
/// ```swift
/// let recorder = EventRecorder()
/// let engine = try await ResilienceEngine(policiesAt: "policies.yaml", sinks: [recorder])
/// for event in recorder.events(.breaker) { print(event) }
/// ```
public final class EventRecorder: EventSink, CustomStringConvertible {
  private struct State {
    var queue: BoundedQueue<(number: UInt64, event: ResilienceEvent)>
    var received: UInt64 = 0
    var asserted: Set<UInt64> = []
  }

  private let state: Mutex<State>

  /// A recorder that keeps the newest `capacity` events.
  public init(capacity: Int = 10_000) { state = Mutex(State(queue: BoundedQueue(capacity: capacity))) }

  public func receive(_ event: ResilienceEvent) {
    state.withLock { state in
      state.received += 1
      state.queue.append((state.received, event))
    }
  }

  /// This recorder, where a closure is asked for.
  public var observer: EventObserver { { [self] event in receive(event) } }

  /// Everything that is kept, from the oldest. O(events).
  public var all: [ResilienceEvent] { state.withLock { $0.queue.elements.map(\.event) } }

  /// How many events came since this was made, or cleared, and are not kept any more.
  public var droppedCount: Int { state.withLock { $0.queue.lost } }

  /// Forgets everything.
  public func clear() {
    state.withLock { $0 = State(queue: BoundedQueue(capacity: $0.queue.capacity), received: $0.received) }
  }

  /// One line an event.
  public var description: String { all.map(\.description).joined(separator: "\n") }
}

// MARK: - Parts of what was recorded

extension EventRecorder {
  /// What layers of one kind decided: `recorder.events(.breaker)`.
  public func events(_ layer: LayerKind) -> [ResilienceEvent] { all.filter { $0.layer == layer } }

  /// The events of one kind: `recorder.events(.breakerOpened)`.
  public func events(_ name: EventName) -> [ResilienceEvent] { all.filter { $0.kind.name == name } }

  /// The events of one operation's calls.
  public func events(of operation: String) -> [ResilienceEvent] { all.filter { $0.operation == operation } }
}

// MARK: - What a test has looked at

extension EventRecorder {
  /// The events, with numbers that no other event of this recorder has.
  package var numbered: [(number: UInt64, event: ResilienceEvent)] { state.withLock { $0.queue.elements } }

  /// Notes that a test has looked at events.
  package func markAsserted(_ numbers: some Sequence<UInt64>) {
    let numbers = Set(numbers)
    state.withLock { $0.asserted.formUnion(numbers) }
  }

  /// The events that no test has looked at.
  package var unasserted: [ResilienceEvent] {
    state.withLock { state in
      state.queue.elements.filter { !state.asserted.contains($0.number) }.map(\.event)
    }
  }
}
