internal import PolicyCompiler
public import ResilienceCore
internal import Synchronization

/// The decisions of an engine as a sequence to await.
///
/// ```swift
/// for await event in engine.events { print(event) }
/// ```
/// Each iteration gets every event from its own beginning on, and any number can go on at once. A reader that is too slow
/// never holds up the engine: it loses the oldest events, and ``ResilienceEvent/Kind/eventsDropped(count:)`` stands in their
/// place. An iteration ends when its task is cancelled, and with the engine and its handles; one that is left, by `break` or
/// by dropping its iterator, is forgotten.
public struct EventStream: AsyncSequence, Sendable {
  public typealias Element = ResilienceEvent
  public typealias Failure = Never

  private weak let hub: EventHub?
  private let limit: Int
  private let time: TimeSource

  init(of hub: EventHub, bufferingNewest limit: Int, on time: TimeSource) {
    self.hub = hub
    self.limit = limit
    self.time = time
  }

  public func makeAsyncIterator() -> Iterator {
    let buffer = EventBuffer(capacity: limit)
    guard let hub else {
      buffer.finish()
      return Iterator(buffer: buffer, place: nil, time: time)
    }
    return Iterator(buffer: buffer, place: Place(EventSubscription(listener: hub.add(buffer), events: hub)), time: time)
  }

  public struct Iterator: AsyncIteratorProtocol {
    private let buffer: EventBuffer
    private let place: Place?
    private let time: TimeSource

    fileprivate init(buffer: EventBuffer, place: Place?, time: TimeSource) {
      self.buffer = buffer
      self.place = place
      self.time = time
    }

    /// The next event; `nil` after the engine's end, and when the task is cancelled.
    public mutating func next() async -> ResilienceEvent? { await buffer.next(on: time) }

    /// The next event; `nil` after the engine's end, and when the task is cancelled.
    public mutating func next(isolation actor: isolated (any Actor)?) async -> ResilienceEvent? {
      await buffer.next(on: time)
    }
  }

  /// A place among the listeners, left when nobody reads any more.
  fileprivate final class Place: Sendable {
    private let subscription: EventSubscription

    init(_ subscription: EventSubscription) { self.subscription = subscription }

    deinit { subscription.cancel() }
  }
}

/// What one reader has not read yet.
private final class EventBuffer: EventSink {
  private struct State {
    var queue: BoundedQueue<ResilienceEvent>
    var reader: Waiter?
    var isFinished = false
  }

  private enum Step: Sendable {
    case event(ResilienceEvent)
    case wait(Waiter)
    case end
  }

  private let state: Mutex<State>

  init(capacity: Int) { state = Mutex(State(queue: BoundedQueue(capacity: capacity))) }

  func receive(_ event: ResilienceEvent) {
    wake { $0.queue.append(event) }
  }

  func finish() {
    wake { $0.isFinished = true }
  }

  func next(on time: TimeSource) async -> ResilienceEvent? {
    while true {
      switch step() {
      case .event(let event): return event
      case .end: return nil
      case .wait(let waiter):
        if await waiter.wait(until: nil, on: time) == .cancelled { return nil }
      }
    }
  }

  private func step() -> Step {
    let fresh = Waiter(for: .other("an event of the engine"))
    return state.withLock { state in
      if let event = state.queue.next() { return .event(event) }
      if state.isFinished { return .end }
      let waiter = state.reader ?? fresh
      state.reader = waiter
      return .wait(waiter)
    }
  }

  /// Changes the state and lets the reader look at it. Granted without the lock.
  private func wake(_ change: (inout State) -> Void) {
    let reader = state.withLock { state -> Waiter? in
      change(&state)
      defer { state.reader = nil }
      return state.reader
    }
    _ = reader?.grant()
  }
}

extension BoundedQueue where Element == ResilienceEvent {
  /// Takes the oldest event, or what says that older ones are lost.
  fileprivate mutating func next() -> ResilienceEvent? {
    guard lost > 0 else { return popFirst() }
    let instant = oldest?.instant ?? Instant(nanoseconds: 0)
    return .dropped(takeLost(), at: instant)
  }
}
