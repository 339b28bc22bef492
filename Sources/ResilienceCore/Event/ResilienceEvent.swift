/// One decision of a policy, with the numbers that caused it.
///
/// Nothing is emitted for a call that goes right: admissions and first-try successes are counted, not told.
public struct ResilienceEvent: Sendable {
  /// What was decided. Kinds are added over time: a `switch` needs a default.
  @nonexhaustive
  public enum Kind: Sendable {
    /// A further attempt will start after the delay.
    case retryScheduled(attempt: Int, maximumAttempts: Int, delay: Duration, classes: [String])
    /// No further attempt after this one, and why.
    case retryStopped(attempt: Int, reason: RetryStopReason, classes: [String])
    /// A layer turned the call away; `retryAfter` is when it would let one through.
    case rejected(reason: String, retryAfter: Duration?)
    /// A bulkhead and its queue are full, or the wait for a place ended.
    case bulkheadFull(inUse: Int, limit: Int, queued: Int)
    /// A limiter's next slot is too far away: it gives one every `interval`, after a quiet time `burst` at once.
    case rateLimited(interval: Duration, burst: Int, nextSlot: Duration)
    /// A deadline or timeout passed: the limit, and how long it was since the layer was entered.
    case timedOut(after: Duration, elapsed: Duration)
    /// A fallback stood in: `kind` is `value`, `handler`, `operation`, `lastGood`, or `call` for the closure at the call.
    case fallbackServed(kind: String, age: Duration?)
    /// A fallback that took the failure failed itself; the next one of its chain is asked.
    case fallbackFailed(kind: String)
    /// A breaker changed its state, or counted a result of an older state.
    case breaker(BreakerChange)
    /// A call came without the label that its layer is keyed by; it uses the shared instance. Told once a layer.
    case labelMissing(label: String)
    /// A new file is in force.
    case reloadApplied(summary: String)
    /// A new file was refused and changed nothing.
    case reloadRejected(reason: String)
    /// So many events were lost here, before the one that comes next, because whoever reads them is too slow.
    case eventsDropped(count: Int)
  }

  public let kind: Kind
  /// The operation's name; empty for an event of the whole engine.
  public let operation: String
  public let layer: LayerKind
  /// The name of the breaker, retry, timeout … that decided.
  public let name: String
  /// `file:line` of the layer; `nil` for one made in code.
  public let location: String?
  /// Which load of the file decided: 1 is the first.
  public let generation: UInt64
  public let instant: Instant

  package init(
    _ kind: Kind, operation: String, layer: LayerKind, name: String, location: String?, generation: UInt64,
    at instant: Instant
  ) {
    self.kind = kind
    self.operation = operation
    self.layer = layer
    self.name = name
    self.location = location
    self.generation = generation
    self.instant = instant
  }

  /// That a reader lost events.
  package static func dropped(_ count: Int, at instant: Instant) -> ResilienceEvent {
    ResilienceEvent(
      .eventsDropped(count: count), operation: "", layer: .operation, name: "", location: nil, generation: 0,
      at: instant)
  }
}
