import ResilienceCore

/// An event of every kind, with every variant that has fields of its own. A kind that is added needs a sample here: golden lines
/// and the page about events are made from them.
enum EventSamples {
  static func of(_ name: EventName) -> [ResilienceEvent] {
    switch name {
    case .retryScheduled:
      [
        sample(
          .retryScheduled(attempt: 2, maximumAttempts: 3, delay: .milliseconds(200), classes: ["unavailable", "slow"]),
          .retry, "standard")
      ]
    case .retryStopped:
      stops.map { sample(.retryStopped(attempt: 3, reason: $0, classes: ["timeout"]), .retry, "standard") }
    case .rejected:
      [
        sample(.rejected(reason: "breaker-open", retryAfter: .seconds(58)), .breaker, "database"),
        sample(.rejected(reason: "isolated", retryAfter: nil), .breaker, "database"),
      ]
    case .bulkheadFull: [sample(.bulkheadFull(inUse: 8, limit: 8, queued: 16), .bulkhead, "places")]
    case .rateLimited:
      [
        sample(
          .rateLimited(interval: .milliseconds(10), burst: 20, nextSlot: .microseconds(2_500)), .rateLimit, "partner")
      ]
    case .timedOut:
      [sample(.timedOut(after: .seconds(2), elapsed: .milliseconds(2_013)), .timeout, "users.get/timeout")]
    case .fallbackServed:
      [
        sample(.fallbackServed(kind: "lastGood", age: .seconds(3)), .fallback, "cached"),
        sample(.fallbackServed(kind: "value", age: nil), .fallback, "empty"),
      ]
    case .hedgeStarted: [sample(.hedgeStarted(leg: 1, after: .milliseconds(120)), .hedge, "tail")]
    case .hedgeRefused: [sample(.hedgeRefused(budget: "shared"), .hedge, "tail")]
    case .hedgeWon: [sample(.hedgeWon(leg: 1), .hedge, "tail")]
    case .chaosInjected:
      ["fail", "delay", "value"].map { sample(.chaosInjected(effect: $0), .chaos, "read/chaos") }
    case .chaosIgnored: [sample(.chaosIgnored, .chaos, "read/chaos")]
    case .fallbackFailed: [sample(.fallbackFailed(kind: "operation"), .fallback, "replica")]
    case .breakerOpened:
      causes.map {
        sample(.breaker(.opened(from: .closed, $0, openTime: 30_000_000_000)), .breaker, "database")
      }
    case .breakerHalfOpened: [sample(.breaker(.halfOpened(from: .open)), .breaker, "database")]
    case .breakerClosed: [sample(.breaker(.closed(from: .halfOpen)), .breaker, "database")]
    case .breakerIsolated: [sample(.breaker(.isolated(from: .closed)), .breaker, "database")]
    case .breakerRamping:
      [sample(.breaker(.ramping(step: 1, of: 3, share: .percent(5))), .breaker, "database")]
    case .breakerForcedOpen: [sample(.breaker(.forcedOpen(from: .closed)), .breaker, "database")]
    case .breakerDisabled: [sample(.breaker(.disabled(from: .open)), .breaker, "database")]
    case .shadow:
      [sample(.shadow(.rejected(reason: "breaker-open", retryAfter: .seconds(58))), .breaker, "database")]
    case .breakerLate: [sample(.breaker(.late), .breaker, "database")]
    case .bulkheadLimit: [sample(.bulkheadLimit(from: 20, to: 18), .bulkhead, "places")]
    case .labelMissing: [sample(.labelMissing(label: "tenant"), .rateLimit, "partner")]
    case .healthChanged:
      [
        check(
          .healthChanged(
            from: .healthy, to: .degraded, message: "took 150 ms", latency: .milliseconds(150), inARow: 1), "cache")
      ]
    case .overallHealthChanged: [check(.overallHealthChanged(from: .degraded, to: .unhealthy), "")]
    case .healthNotRunning: [check(.healthNotRunning(checks: 2, recoveries: 1), "")]
    case .recoveryStarted:
      [recovery(.recoveryStarted(attempt: 1, condition: "health check `cache` is unhealthy", heldFor: .seconds(30)))]
    case .recoveryFailed: [recovery(.recoveryFailed(attempt: 1, reason: "`cache-reconnect` timed out after 10 s"))]
    case .recoveryFinished:
      [
        recovery(.recoveryFinished(attempts: 2, clearedByItself: false, took: .milliseconds(1_500))),
        recovery(.recoveryFinished(attempts: 1, clearedByItself: true, took: .seconds(3))),
      ]
    case .recoveryExhausted:
      [recovery(.recoveryExhausted(attempts: 3, reason: "`cache` is still unhealthy", took: .seconds(9)))]
    case .reloadApplied: [ofEngine(.reloadApplied(summary: "generation 2\nbreakers: changed database"))]
    case .reloadRejected: [ofEngine(.reloadRejected(reason: "policies.yaml:3:5: error[RP101] `opne` is no field"))]
    case .eventsDropped: [.dropped(17, at: Instant(nanoseconds: 0))]
    }
  }

  static var all: [ResilienceEvent] { EventName.allCases.flatMap(of) }

  private static let stops: [RetryStopReason] = [
    .class, .attempts(maximum: 3), .retryAfter(asked: .seconds(60), obeyed: .seconds(10)),
    .deadline(remaining: .milliseconds(150)), .budget("database"),
  ]

  private static let causes: [BreakerCause] = [
    .failures(inARow: 5, threshold: 5), .failureRate(failures: 6, calls: 10, threshold: .percent(50)),
    .slowRate(slow: 9, calls: 10, threshold: .percent(12.25)), .failuresInWindow(failures: 12, threshold: 12), .probe,
  ]

  private static func sample(_ kind: ResilienceEvent.Kind, _ layer: LayerKind, _ name: String) -> ResilienceEvent {
    ResilienceEvent(
      kind, operation: "users.get", layer: layer, name: name, location: "policies.yaml:14", generation: 3,
      at: Instant(nanoseconds: 5_000_000_000))
  }

  private static func check(_ kind: ResilienceEvent.Kind, _ name: String) -> ResilienceEvent {
    ResilienceEvent(
      kind, operation: "", layer: .healthCheck, name: name, location: name.isEmpty ? nil : "policies.yaml:40",
      generation: 3, at: Instant(nanoseconds: 5_000_000_000))
  }

  private static func recovery(_ kind: ResilienceEvent.Kind) -> ResilienceEvent {
    ResilienceEvent(
      kind, operation: "", layer: .recovery, name: "reconnect-cache", location: "policies.yaml:44", generation: 3,
      at: Instant(nanoseconds: 5_000_000_000))
  }

  private static func ofEngine(_ kind: ResilienceEvent.Kind) -> ResilienceEvent {
    ResilienceEvent(
      kind, operation: "", layer: .operation, name: "policies.yaml", location: nil, generation: 3,
      at: Instant(nanoseconds: 5_000_000_000))
  }
}
