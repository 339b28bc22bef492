/// Events in words, for people. Programs that have more to say about one of them say it themselves.
extension ResilienceEvent: CustomStringConvertible {
  /// One line: `users.get: breaker `database` opened for 30 s: 5 failures in a row`.
  public var description: String { operation.isEmpty ? sentence : "\(operation): \(sentence)" }

  /// What was decided, without the operation's name.
  package var sentence: String {
    let decider = layer.inWords(name)
    return switch kind {
    case .retryScheduled(let attempt, let maximum, let delay, let classes):
      "attempt \(attempt - 1) failed\(Self.list(classes)), retry in \(delay.inWords) (\(attempt) of \(maximum))"
    case .retryStopped(let attempt, let reason, let classes):
      "attempt \(attempt) failed\(Self.list(classes)), \(reason.inWords(of: decider))"
    case .rejected(let reason, let retryAfter):
      "\(decider) \(Self.rejection(reason))\(Self.comeBack(retryAfter))"
    case .bulkheadFull(let inUse, let limit, let queued):
      "\(decider) is full: \(inUse) of \(limit) places taken, \(queued) waiting"
    case .rateLimited(_, _, let nextSlot): "\(decider) lets no more through\(Self.comeBack(nextSlot))"
    case .timedOut(let after, _): "timed out after \(after.inWords) (\(decider))"
    case .hedgeStarted(let leg, let after): "\(decider) starts call \(leg + 1) after \(after.inWords)"
    case .hedgeRefused(let budget): "\(decider) starts no other call: the budget `\(budget)` is spent"
    case .hedgeWon(let leg): "\(decider): call \(leg + 1) was first"
    case .chaosInjected("fail"): "\(decider) makes the call fail"
    case .chaosInjected("delay"): "\(decider) makes the call wait"
    case .chaosInjected: "\(decider) gives the call a value"
    case .chaosIgnored: "\(decider) does nothing: the engine does not allow chaos"
    case .fallbackServed("lastGood", let age?): "\(decider) serves the last good value, \(age.inWords) old"
    case .fallbackServed("value", _): "\(decider) serves its value"
    case .fallbackServed(let kind, _): "\(decider) stood in (\(kind))"
    case .fallbackFailed(let kind): "\(decider) failed too (\(kind))"
    case .breaker(let change): "\(decider) \(change.inWords)"
    case .shadow(let kind): "in shadow: \(with(kind).sentence)"
    case .bulkheadLimit(let from, let to): "\(decider) lets \(to) run at once, after \(from)"
    case .labelMissing(let label): "\(decider) is kept for each value of `\(label)`, and this call has none"
    case .healthChanged(let old, let new, let message, _, _):
      "\(decider) is \(new.rawValue), was \(old.rawValue)\(message.map { ": \($0)" } ?? "")"
    case .overallHealthChanged(let old, let new): "all together is \(new.rawValue), was \(old.rawValue)"
    case .healthNotRunning(let checks, let recoveries):
      "\(checks) health checks and \(recoveries) recoveries are not run: call `run()` of the engine"
    case .recoveryStarted(let attempt, let condition, let heldFor):
      "\(decider) begins attempt \(attempt): \(condition) for \(heldFor.inWords)"
    case .recoveryFailed(let attempt, let reason): "attempt \(attempt) of \(decider) failed: \(reason)"
    case .recoveryFinished(let attempts, true, _):
      "\(decider) is over after \(attempts) attempts: the condition cleared by itself"
    case .recoveryFinished(let attempts, false, _): "\(decider) helped, with attempt \(attempts)"
    case .recoveryExhausted(let attempts, let reason, _): "\(decider) gave up after \(attempts) attempts: \(reason)"
    case .reloadApplied(let summary): "new policies in force: \(summary)"
    case .reloadRejected(let reason): "new policies refused, the old ones stay in force: \(reason)"
    case .eventsDropped(let count): "\(count) events were lost here"
    }
  }

  private static func list(_ classes: [String]) -> String {
    classes.isEmpty ? "" : " with \(classes.joined(separator: ", "))"
  }

  private static func comeBack(_ after: Duration?) -> String {
    after.map { ", next try in \($0.inWords)" } ?? ""
  }

  private static func rejection(_ reason: String) -> String {
    switch reason {
    case "breaker-open": "is open"
    case "breaker-probing": "is half-open and has its probes"
    case "isolated": "is isolated"
    default: "turned the call away (\(reason))"
    }
  }
}

extension RetryStopReason {
  /// The end of a sentence about an attempt that failed.
  package func inWords(of retry: String) -> String {
    switch self {
    case .class: "which \(retry) does not try again"
    case .attempts: "and no attempt is left"
    case .retryAfter(let asked, _): "and the server asked for a longer wait than is obeyed, \(asked.inWords)"
    case .deadline: "and no time is left for another attempt"
    case .budget(let name): "and the retry budget `\(name)` is spent"
    }
  }
}

extension BreakerChange {
  /// What is said of the breaker.
  package var inWords: String {
    switch self {
    case .opened(_, let cause, let openTime):
      "opened for \(Duration(nanoseconds: openTime).inWords): \(cause.inWords)"
    case .halfOpened: "is half-open"
    case .closed: "closed"
    case .isolated: "is isolated"
    case .ramping(let step, let steps, let share):
      "lets \(share.inWords) of the calls through (step \(step) of \(steps))"
    case .forcedOpen: "is forced open"
    case .disabled: "is disabled"
    case .late: "counted a result that came late"
    }
  }
}

extension BreakerCause {
  /// The numbers that made a breaker open.
  package var inWords: String {
    switch self {
    case .failures(let run, _): run == 1 ? "1 failure" : "\(run) failures in a row"
    case .failureRate(let failures, let calls, let threshold):
      "\(failures) failures in \(calls) calls, threshold \(threshold.inWords)"
    case .slowRate(let slow, let calls, let threshold):
      "\(slow) slow calls of \(calls), threshold \(threshold.inWords)"
    case .failuresInWindow(let failures, _): "\(failures) failures in its window"
    case .probe: "a probe failed"
    }
  }
}

extension LayerKind {
  /// A layer as people know it: by its kind and the name that it has in the file.
  package func inWords(_ name: String) -> String {
    let word =
      switch self {
      case .rateLimit: "rate limiter"
      case .healthCheck: "health check"
      default: description
      }
    // An element that is written in its layer is named after the layer's place, which says nothing new.
    return name.isEmpty || name.hasSuffix("/\(description)") ? word : "\(word) `\(name)`"
  }
}
