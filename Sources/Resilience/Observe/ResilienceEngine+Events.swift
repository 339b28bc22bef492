internal import PolicyCompiler
public import ResilienceCore

extension ResilienceEngine {
  /// Whoever listens to this engine.
  var hub: EventHub { context.events }

  /// Adds a sink while the engine runs: it takes every decision from now on.
  ///
  /// Calls that go right cost the same with any number of sinks.
  ///
  /// - Returns: What takes the sink away again; without that it stays for the engine's life.
  @discardableResult
  public func add(_ sink: any EventSink) -> EventSubscription {
    EventSubscription(listener: hub.add(sink), events: hub)
  }

  /// The decisions of this engine, for code that awaits them: the newest 1000 that were not read yet.
  public var events: EventStream { events(bufferingNewest: 1_000) }

  /// The decisions of this engine, for code that awaits them.
  ///
  /// - Parameter limit: How many that were not read yet are kept. Beyond that the oldest are lost, and the reader is told how
  ///   many, by an event, in their place.
  public func events(bufferingNewest limit: Int) -> EventStream {
    EventStream(of: hub, bufferingNewest: limit, on: context.time)
  }
}

/// A sink's place among those that an engine tells its decisions.
public struct EventSubscription: Sendable {
  private let listener: EventHub.ListenerNumber
  private weak let events: EventHub?

  init(listener: EventHub.ListenerNumber, events: EventHub) {
    self.listener = listener
    self.events = events
  }

  /// Takes the sink away. An event that is on its way may still reach it; a second time does nothing.
  public func cancel() { events?.remove(listener) }
}
