import Resilience

/// One decision in words, for somebody who watches one command.
struct EventLine: Hashable {
  let text: String
  let tone: StandardError.Tone

  /// - Returns: `nil` for an event that says nothing to them.
  init?(_ event: ResilienceEvent, lastEnd: CommandEnd?) {
    switch event.kind {
    case .retryScheduled(let attempt, let maximum, let delay, let classes):
      let failure = Self.failure(of: attempt - 1, classes, lastEnd)
      text = "\(failure), retry in \(delay.inWords) (\(attempt) of \(maximum))"
      tone = .warning
    case .retryStopped(let attempt, let reason, let classes):
      let retry = event.layer.inWords(event.name)
      text = "\(Self.failure(of: attempt, classes, lastEnd)), \(reason.inWords(of: retry))"
      tone = .failure
    case .shadow(let kind):
      guard let line = EventLine(event.with(kind), lastEnd: lastEnd) else { return nil }
      text = "in shadow: \(line.text)"
      tone = .plain
    case .bulkheadLimit:
      text = event.sentence
      tone = .plain
    case .labelMissing(let label):
      text = "\(event.sentence): give --label \(label)=VALUE"
      tone = .plain
    case .rejected, .bulkheadFull, .rateLimited, .timedOut:
      text = event.sentence
      tone = .failure
    case .breaker(.late): return nil
    case .fallbackServed, .fallbackFailed, .breaker:
      text = event.sentence
      tone = .warning
    default: return nil
    }
  }

  private static func failure(of attempt: Int, _ classes: [String], _ end: CommandEnd?) -> String {
    if classes.contains("timeout") { return "attempt \(attempt) timed out" }
    guard let end, !end.isSuccess else { return "attempt \(attempt) failed" }
    if case .notStarted = end { return "attempt \(attempt) failed: \(end)" }
    return "attempt \(attempt) failed with \(end)"
  }
}
