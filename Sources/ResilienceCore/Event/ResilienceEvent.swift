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
    /// A hedge was started, so long after the primary call; legs count from 1, the primary call being 0.
    case hedgeStarted(leg: Int, after: Duration)
    /// A hedge was due and did not start, because this budget is spent. The calls that run go on.
    case hedgeRefused(budget: String)
    /// A hedge succeeded first.
    case hedgeWon(leg: Int)
    /// Chaos met a call: `effect` is `fail`, `delay` or `value`.
    case chaosInjected(effect: String)
    /// A layer of chaos does nothing, because the engine does not allow chaos. Told when a file comes into force.
    case chaosIgnored
    /// A fallback that took the failure failed itself; the next one of its chain is asked.
    case fallbackFailed(kind: String)
    /// A breaker changed its state, or counted a result of an older state.
    case breaker(BreakerChange)
    /// The limit of an adaptive bulkhead moved.
    case bulkheadLimit(from: Int, to: Int)
    /// A breaker in shadow would have done this, and nothing was done.
    indirect case shadow(Kind)
    /// A call came without the label that its layer is keyed by; it uses the shared instance. Told once a layer.
    case labelMissing(label: String)
    /// A health check changed; the name is the check's. `inARow` answers of its kind came one after the other.
    case healthChanged(from: HealthStatus, to: HealthStatus, message: String?, latency: Duration, inARow: Int)
    /// All health checks together changed.
    case overallHealthChanged(from: HealthStatus, to: HealthStatus)
    /// The file has health checks or recoveries and nobody runs them.
    case healthNotRunning(checks: Int, recoveries: Int)
    /// A recovery begins an attempt, from 1, after its condition has held for a time.
    case recoveryStarted(attempt: Int, condition: String, heldFor: Duration)
    /// An attempt of a recovery failed, and why.
    case recoveryFailed(attempt: Int, reason: String)
    /// A recovery ended well: its verification passed, or its condition cleared by itself.
    case recoveryFinished(attempts: Int, clearedByItself: Bool, took: Duration)
    /// A recovery has no attempt left.
    case recoveryExhausted(attempts: Int, reason: String, took: Duration)
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
extension ResilienceEvent {
  /// The same event, had it been this.
  package func with(_ kind: Kind) -> ResilienceEvent {
    ResilienceEvent(
      kind, operation: operation, layer: layer, name: name, location: location, generation: generation, at: instant)
  }
}

extension ResilienceEvent.Kind {
  /// What a breaker's rejection says.
  static func rejected(_ rejection: BreakerRejection) -> Self {
    .rejected(
      reason: RejectionReason(rejection.reason).rawValue,
      retryAfter: rejection.retryAfter.map { Duration(nanoseconds: $0) })
  }
}
