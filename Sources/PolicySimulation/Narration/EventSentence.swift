extension SimulationEvent {
  /// What happened, for people, without its time and call.
  var sentence: String {
    switch kind {
    case .callStarted: "starts"
    case .attemptStarted: "attempt \(attempt ?? 0) starts"
    case .attemptEnded(let outcome, let errorClass): attemptSentence(outcome, errorClass)
    case .retryScheduled(let delay): "retry \(quoted) waits \(TimeText.inWords(delay))"
    case .retryStopped(let reason): "retry \(quoted) stops: \(Self.inWords(stop: reason))"
    case .rejected(let reason, let retryAfter): rejection(reason, retryAfter)
    case .timedOut: "the \(layer ?? "limit") \(quoted) has passed"
    case .hedgeStarted: "hedge \(quoted) starts another attempt"
    case .hedgeWon: "the other attempt of hedge \(quoted) wins"
    case .fallbackServed(let kind): "fallback \(quoted) serves \(Self.inWords(fallback: kind))"
    case .breakerState(let from, let to): "breaker \(quoted): \(from) → \(to)"
    case .breakerLate: "a late result for breaker \(quoted), which counts for nothing"
    case .reloadApplied: "\(quoted) is in force"
    case .reloadRejected: "\(quoted) is refused, and nothing changes"
    case .callEnded(let outcome, let attempts, let took):
      "ends: \(outcome.word) after \(attempts) attempt\(attempts == 1 ? "" : "s"), \(TimeText.inWords(took))"
    }
  }

  private var quoted: String { "`\(name ?? "")`" }

  private func attemptSentence(_ outcome: AttemptOutcome, _ errorClass: String?) -> String {
    let attempt = "attempt \(attempt ?? 0)"
    switch outcome {
    case .success: return "\(attempt) succeeds"
    case .failure: return "\(attempt) fails: \(errorClass ?? "other")"
    case .ignored: return "\(attempt) fails: \(errorClass ?? "other"), which breakers ignore"
    case .cancelled: return "\(attempt) is cancelled"
    }
  }

  private func rejection(_ reason: String, _ retryAfter: UInt64?) -> String {
    let comeBack = retryAfter.map { ", for \(TimeText.inWords($0)) more" } ?? ""
    return switch reason {
    case "breaker-open": "turned away: breaker \(quoted) is open\(comeBack)"
    case "breaker-probing": "turned away: breaker \(quoted) has all its probes out\(comeBack)"
    case "isolated": "turned away: breaker \(quoted) is isolated"
    case "bulkhead-full": "turned away: bulkhead \(quoted) is full"
    case "rate-limited":
      "turned away by rate limiter \(quoted)" + (retryAfter.map { ", next slot in \(TimeText.inWords($0))" } ?? "")
    case "operation-removed": "turned away: no policy for \(quoted) any more"
    default: "turned away by \(layer ?? "") \(quoted): \(reason)"
    }
  }

  private static func inWords(stop reason: String) -> String {
    switch reason {
    case "class": "failures of this class are not tried again"
    case "attempts": "all attempts are used"
    case "retry-after": "the server asks for a longer wait than is obeyed"
    case "deadline": "the deadline comes before another attempt"
    case "budget": "the budget is spent"
    default: reason
    }
  }

  private static func inWords(fallback kind: String) -> String {
    switch kind {
    case "value": "its value"
    case "handler": "what its handler makes"
    case "operation": "what its operation returns"
    case "lastGood": "the last good value"
    default: kind
    }
  }
}
