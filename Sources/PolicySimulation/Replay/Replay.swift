package import ResilienceCore
import Synchronization

/// Runs calls of a pipeline on virtual instants, with the very machine that runs them in a service.
///
/// Nothing waits and no clock is read: a body that takes an hour is replayed in a microsecond. Calls run one after the
/// other, so what a breaker learnt from one the next one meets.
package final class Replay {
  /// A call that takes more steps is watched no longer: thousands of attempts say nothing that the first do not.
  private static let maximumSteps = 10_000

  private let plan: Plan
  private let recorder = Recorder()

  /// - Parameters:
  ///   - layers: The pipeline, outermost first, with mechanisms of its own: they are changed.
  ///   - chance: What jitter draws from.
  package init(
    operation: String, layers: [Layer], classifier: FailureClassifier = FailureClassifier(),
    idempotency: Idempotency = .unknown, chance: Chance
  ) {
    plan = Plan(
      operation: operation, layers: layers, classifier: classifier, idempotency: idempotency,
      time: .virtual(VirtualTime()), chance: chance, supervisor: Supervisor(), observer: recorder.observe)
  }

  /// Runs one call whose attempts, counted from 1, do what `script` says.
  package func call(at start: Instant = Instant(nanoseconds: 0), _ script: (Int) -> ScriptedAttempt) -> CallTrace {
    recorder.begin(at: start)
    var call = Call(plan)
    var now = start
    var next = call.enter(at: now)
    for _ in 0..<Self.maximumSteps {
      switch next {
      case .attempt:
        guard let after = run(script(call.attempt), in: &call, at: &now) else {
          return recorder.end(.unfinished, at: now)
        }
        next = after
      case .wait(let until):
        now = max(now, until)
        next = call.waitEnded(.granted, at: now)
      case .queue(_, let until):
        guard let until else { return recorder.end(.unfinished, at: now) }
        now = max(now, until)
        next = call.waitEnded(.expired, at: now)
      case .hedge: next = call.hedgeCancelled(at: now)
      case .inject: next = call.valueInjected(true, at: now)
      case .fallback: next = call.fallbackEnded(.served(age: nil), at: now)
      case .finished(let verdict): return recorder.end(CallTrace.CallEnd(verdict), at: now)
      }
    }
    var trace = recorder.end(.unfinished, at: now)
    trace.isCutOff = true
    return trace
  }

  /// Runs one body to its end, or to the limit that cancels it; `nil` for a body that neither ends nor is cancelled.
  private func run(_ attempt: ScriptedAttempt, in call: inout Call, at now: inout Instant) -> Next? {
    let number = call.attempt
    recorder.add(.attemptStarted(number), at: now)
    let limit = call.bodyLimit
    let ownEnd = attempt.isEndless ? Instant.distantFuture : now.advanced(by: attempt.takes)
    guard let cancellation = limit.cancellation, ownEnd > cancellation else {
      if attempt.isEndless { return nil }
      now = ownEnd
      recorder.add(.attemptEnded(number, attempt.end.outcome), at: now)
      return call.attemptEnded(attempt.end.attemptEnd, at: now)
    }
    now = max(now, cancellation)
    if let abandonAt = limit.abandonAt, abandonAt <= now {
      recorder.add(.attemptEnded(number, .abandoned), at: now)
      let (next, places) = call.bodyAbandoned(cancelled: false, at: now)
      for place in places { place.leave() }
      return next
    }
    recorder.add(.attemptEnded(number, .cancelled), at: now)
    return call.attemptEnded(.cancelled, cancelledByLimit: true, at: now)
  }
}

extension ScriptedAttempt {
  fileprivate var isEndless: Bool { if case .never = end { true } else { false } }
}

extension ScriptedAttempt.End {
  fileprivate var outcome: CallTrace.AttemptOutcome {
    switch self {
    case .success: .success
    case .failure: .failure
    case .never: .cancelled
    }
  }

  fileprivate var attemptEnd: AttemptEnd {
    switch self {
    case .success: .success
    case .failure(let classification): .failure(classification)
    case .never: .cancelled
    }
  }
}

extension CallTrace.CallEnd {
  fileprivate init(_ verdict: Verdict) {
    self =
      switch verdict {
      case .success: .success
      case .fallback: .fallback
      case .bodyFailed, .injected, .fallbackFailed: .failure
      case .rejected: .rejected
      case .timedOut: .timeout
      case .cancelled: .cancelled
      }
  }
}

/// Writes down what the machine decides while a call is replayed.
private final class Recorder: Sendable {
  private struct State {
    var start = Instant(nanoseconds: 0)
    var trace = CallTrace()
  }

  private let state = Mutex(State())

  func begin(at start: Instant) { state.withLock { $0 = State(start: start) } }

  func add(_ event: CallTrace.Event, at now: Instant) {
    state.withLock { $0.trace.entries.append(CallTrace.Entry(at: $0.start.nanoseconds(to: now), event: event)) }
  }

  func end(_ end: CallTrace.CallEnd, at now: Instant) -> CallTrace {
    add(.ended(end), at: now)
    return state.withLock { $0.trace }
  }

  @Sendable func observe(_ event: ResilienceEvent) {
    switch event.kind {
    case .retryScheduled(_, _, let delay, _): add(.retryScheduled(delay: delay.nanoseconds), at: event.instant)
    case .retryStopped(_, let reason, _): add(.retryStopped(reason: reason.word), at: event.instant)
    case .rejected(let reason, _):
      add(.rejected(by: event.layer, name: event.name, reason: reason), at: event.instant)
    case .bulkheadFull: addRejection(.bulkheadFull, event)
    case .rateLimited: addRejection(.rateLimited, event)
    case .timedOut: add(.timedOut(by: event.layer, name: event.name), at: event.instant)
    case .fallbackServed: add(.fallbackServed(name: event.name), at: event.instant)
    case .breaker(let change): add(.breakerChanged(name: event.name, change), at: event.instant)
    default: break
    }
  }

  private func addRejection(_ reason: RejectionReason, _ event: ResilienceEvent) {
    add(.rejected(by: event.layer, name: event.name, reason: reason.rawValue), at: event.instant)
  }
}
