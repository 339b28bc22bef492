/// Where events go: a recorder, a log, a stream, or code of yours.
///
/// One sink can serve any number of engines.
public protocol EventSink: Sendable {
  /// Takes one event, on the thread that decided and never under a lock. It must be quick and must not block.
  func receive(_ event: ResilienceEvent)

  /// An engine that this sink listened to is gone, with all of its handles: it has nothing more to tell.
  func finish()
}

extension EventSink {
  public func finish() {}
}

/// Is told every decision, on the thread that made it, never under a lock. It must be quick and must not block.
public typealias EventObserver = @Sendable (ResilienceEvent) -> Void

/// An observer as a sink.
struct ObservingSink: EventSink {
  let observer: EventObserver

  func receive(_ event: ResilienceEvent) { observer(event) }
}
