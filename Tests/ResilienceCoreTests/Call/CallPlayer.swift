import ResilienceCore
import Synchronization

/// What the body of a played call does at one attempt.
struct Played {
  enum End {
    case succeeds
    case fails(Classification)
    case throwsCancellation
  }

  var takes: UInt64
  var end: End
  /// Goes on to its end although it was cancelled.
  var ignoresCancellation = false

  static func ok(_ milliseconds: UInt64 = 0) -> Played { Played(takes: milliseconds, end: .succeeds) }
  static func fail(_ milliseconds: UInt64 = 0, _ classes: FailureClasses = .other) -> Played {
    Played(takes: milliseconds, end: .fails(Classification(classes)))
  }
  static func hint(_ retryAfter: UInt64) -> Played {
    Played(takes: 0, end: .fails(Classification(.other, retryAfter: retryAfter * 1_000_000)))
  }
}

/// Plays one call by hand: the call machine alone, without tasks, clocks or threads.
///
/// Milliseconds from the start; attempt k takes the k-th entry, the last one repeats.
struct CallPlayer {
  var plan: Plan
  var start: UInt64 = 0
  var labels: [String: String] = [:]
  var inherited: CallDeadline?
  /// When the caller is cancelled.
  var cancelledAt: UInt64?
  /// How fallbacks end, in the order in which they are asked.
  var fallbacks: [FallbackEnd] = []

  struct Ending {
    var verdict: String
    var at: UInt64
    var starts: [UInt64]
    var askedFallbacks: [Int]
    var history: [AttemptRecord]
  }

  func play(_ attempts: [Played]) -> Ending {
    var call = Call(plan, labels: labels, inherited: inherited)
    var now = start
    var starts: [UInt64] = []
    var asked: [Int] = []
    var next = call.enter(at: .milliseconds(now))
    while true {
      switch next {
      case .attempt:
        let script = attempts[min(starts.count, attempts.count - 1)]
        starts.append(now)
        next = end(script, of: &call, at: &now)
      case .wait(let until):
        let instant = until.nanoseconds / 1_000_000
        if let cancelledAt, cancelledAt < instant {
          now = max(now, cancelledAt)
          next = call.waitEnded(.cancelled, at: .milliseconds(now))
        } else {
          now = max(now, instant)
          next = call.waitEnded(.granted, at: .milliseconds(now))
        }
      case .queue(let waiter, let until):
        guard let until else {
          return Ending(verdict: "stuck", at: now, starts: starts, askedFallbacks: asked, history: [])
        }
        now = max(now, until.nanoseconds / 1_000_000)
        next = call.waitEnded(waiter.giveUp() ? .expired : .granted, at: .milliseconds(now))
      case .fallback(_, let step):
        let end = fallbacks[min(asked.count, fallbacks.count - 1)]
        asked.append(step)
        next = call.fallbackEnded(end, at: .milliseconds(now))
      case .hedge: next = call.hedgeCancelled(at: .milliseconds(now))
      case .inject: next = call.valueInjected(true, at: .milliseconds(now))
      case .finished(let verdict):
        return Ending(
          verdict: describe(verdict), at: now, starts: starts, askedFallbacks: asked, history: call.history)
      }
    }
  }

  private func end(_ script: Played, of call: inout Call, at now: inout UInt64) -> Next {
    let end = now + script.takes
    let limit = call.bodyLimit.cancellation.map { $0.nanoseconds / 1_000_000 }
    if let cancelledAt, cancelledAt <= end, cancelledAt <= limit ?? .max {
      now = max(now, cancelledAt)
      return call.attemptEnded(.cancelled, at: .milliseconds(now))
    }
    if let limit, limit < end {
      now = script.ignoresCancellation ? end : max(now, limit)
      let answer: AttemptEnd =
        if script.ignoresCancellation, case .succeeds = script.end { .success } else { .cancelled }
      return call.attemptEnded(answer, cancelledByLimit: true, at: .milliseconds(now))
    }
    now = end
    switch script.end {
    case .succeeds: return call.attemptEnded(.success, at: .milliseconds(now))
    case .fails(let classification): return call.attemptEnded(.failure(classification), at: .milliseconds(now))
    case .throwsCancellation: return call.attemptEnded(.cancelled, at: .milliseconds(now))
    }
  }

  private func describe(_ verdict: Verdict) -> String {
    switch verdict {
    case .success: "success"
    case .fallback: "fallback"
    case .bodyFailed: "failed"
    case .injected(let layer): "injected \(plan.layers[layer].name)"
    case .rejected(let layer, let reason, _): "rejected \(plan.layers[layer].name) \(reason.rawValue)"
    case .timedOut(let layer): "timed out \(layer.map { plan.layers[$0].name } ?? "outside")"
    case .fallbackFailed(let layer): "fallback failed \(plan.layers[layer].name)"
    case .cancelled: "cancelled"
    }
  }
}

extension Instant {
  static func milliseconds(_ count: UInt64) -> Instant { Instant(nanoseconds: count * 1_000_000) }
}

/// Keeps what a plan's observer was told.
final class Recorder: Sendable {
  private let kept = Mutex<[ResilienceEvent]>([])
  var events: [ResilienceEvent] { kept.withLock { $0 } }
  var observer: EventObserver { { event in self.kept.withLock { $0.append(event) } } }
}

extension Plan {
  /// A plan of these layers on virtual time, with a fixed seed.
  static func of(
    _ layers: [Layer], classes: [ErrorClass] = [], idempotency: Idempotency = .safe, recorder: Recorder? = nil,
    time: TimeSource = .virtual(VirtualTime())
  ) -> Plan {
    Plan(
      operation: "users.get", layers: layers, classifier: FailureClassifier(classes), idempotency: idempotency,
      time: time, chance: Chance(seed: 7), supervisor: Supervisor(), observer: recorder?.observer)
  }
}

extension Layer {
  static func deadline(_ milliseconds: Int64, _ mode: TimeoutSettings.Mode = .cooperative) -> Layer {
    Layer(.deadline(Limit(TimeoutSettings(after: .milliseconds(milliseconds), mode: mode))), name: "deadline")
  }
  static func timeout(_ milliseconds: Int64, _ mode: TimeoutSettings.Mode = .cooperative) -> Layer {
    Layer(.timeout(Limit(TimeoutSettings(after: .milliseconds(milliseconds), mode: mode))), name: "timeout")
  }
  static func retry(_ settings: RetrySettings, budget: RetryBudget? = nil) -> Layer {
    Layer(.retry(RetryPolicy(settings), budget: budget), name: "retry")
  }
  static func breaker(_ breaker: CircuitBreaker) -> Layer { Layer(.breaker(.shared(breaker)), name: breaker.name) }
  static func bulkhead(_ bulkhead: Bulkhead) -> Layer { Layer(.bulkhead(.shared(bulkhead)), name: bulkhead.name) }
  static func rateLimit(_ limiter: RateLimiter) -> Layer { Layer(.rateLimit(.shared(limiter)), name: limiter.name) }
  static func fallback(_ steps: FallbackStep...) -> Layer { Layer(.fallback(steps), name: "fallback") }
}

extension FallbackStep {
  static func code(_ name: String, handle: FailureClasses = .everything.subtracting(.cancelled)) -> FallbackStep {
    FallbackStep(name: name, handle: handle, source: .handler(FallbackHandler(returning: Int.self) { _ in 0 }))
  }
}

extension RetrySettings {
  /// The same wait each time, without chance.
  static func steady(_ attempts: Int, _ milliseconds: Int64, handle: FailureClasses = .all) -> RetrySettings {
    RetrySettings(
      attempts: attempts, backoff: milliseconds == 0 ? .none : .constant(.milliseconds(milliseconds)), jitter: .none,
      handle: handle)
  }
}
