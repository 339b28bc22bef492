extension SimulationEvent {
  /// The event as one line of JSON.
  package var jsonLine: [UInt8] {
    var line = JSONLine()
    line.add("t", milliseconds: at)
    line.add("event", kind.word)
    if let call { line.add("call", call) }
    if let attempt { line.add("attempt", attempt) }
    if let layer { line.add("layer", layer) }
    if let name { line.add("name", name) }
    kind.write(to: &line)
    return line.finish()
  }
}

extension SimulationEvent.Kind {
  /// As the output names it.
  package var word: String {
    switch self {
    case .callStarted: "call-started"
    case .attemptStarted: "attempt-started"
    case .attemptEnded: "attempt-ended"
    case .retryScheduled: "retry-scheduled"
    case .retryStopped: "retry-stopped"
    case .rejected: "rejected"
    case .timedOut: "timed-out"
    case .hedgeStarted: "hedge-started"
    case .hedgeWon: "hedge-won"
    case .fallbackServed: "fallback-served"
    case .breakerState: "breaker-state"
    case .breakerLate: "breaker-late"
    case .reloadApplied: "reload-applied"
    case .reloadRejected: "reload-rejected"
    case .callEnded: "call-ended"
    }
  }

  fileprivate func write(to line: inout JSONLine) {
    switch self {
    case .callStarted, .attemptStarted, .timedOut, .hedgeStarted, .hedgeWon, .breakerLate, .reloadApplied,
      .reloadRejected:
      break
    case .attemptEnded(let outcome, let errorClass):
      line.add("outcome", outcome.rawValue)
      if let errorClass { line.add("class", errorClass) }
    case .retryScheduled(let delay): line.add("delay", milliseconds: delay)
    case .retryStopped(let reason): line.add("reason", reason)
    case .rejected(let reason, let retryAfter):
      line.add("reason", reason)
      line.add("retryAfter", number: retryAfter.map(MillisecondText.exact))
    case .fallbackServed(let kind): line.add("kind", kind)
    case .breakerState(let from, let to):
      line.add("from", from)
      line.add("to", to)
    case .callEnded(let outcome, let attempts, let took):
      line.add("outcome", outcome.word)
      line.add("attempts", attempts)
      line.add("took", milliseconds: took)
    }
  }
}

extension Summary {
  /// The summary as the last line of JSON.
  package var jsonLine: [UInt8] {
    var line = JSONLine()
    line.add("event", "summary")
    line.open("calls")
    for outcome in CallOutcome.allCases { line.add(named: outcome.word, self[outcome]) }
    line.add("unfinished", unfinished)
    line.close()
    line.add("attempts", attempts)
    line.add("amplification", number: amplification?.decimal())
    line.add("availability", number: availability?.decimal())
    for (index, key) in (["p50", "p95", "p99", "p100"] as [StaticString]).enumerated() {
      line.add(key, number: index < percentiles.count ? MillisecondText.exact(percentiles[index]) : nil)
    }
    line.open("breakers")
    for breaker in breakers {
      line.open(named: breaker.name)
      for (state, time) in breaker.times { line.add(named: state, milliseconds: time) }
      line.close()
    }
    line.close()
    return line.finish()
  }
}
