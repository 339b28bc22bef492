import Resilience

/// One decision in words.
struct EventLine: Hashable {
  let text: String
  let tone: StandardError.Tone

  /// - Returns: `nil` for an event that says nothing to somebody who watches one command.
  init?(_ event: ResilienceEvent, lastEnd: CommandEnd?) {
    let layer = LayerText.show(event.layer, event.name)
    switch event.kind {
    case .retryScheduled(let attempt, let maximum, let delay, let classes):
      let failure = Self.failure(of: attempt - 1, classes, lastEnd)
      text = "\(failure), retry in \(DurationText.show(delay)) (\(attempt) of \(maximum))"
      tone = .warning
    case .retryStopped(let attempt, let reason, let classes):
      text = "\(Self.failure(of: attempt, classes, lastEnd)), \(Self.words(for: reason, by: layer))"
      tone = .failure
    case .rejected(let reason, let retryAfter):
      text = Self.rejection(reason, by: layer, comeBack: retryAfter)
      tone = .failure
    case .timedOut(let after):
      text = "timed out after \(DurationText.show(after)) (\(layer))"
      tone = .failure
    case .fallbackServed(let kind, let age):
      text = Self.fallback(layer, kind, age: age)
      tone = .warning
    case .breaker(let change):
      guard let words = Self.words(for: change) else { return nil }
      text = "\(layer) \(words)"
      tone = .warning
    case .bulkheadLimit(let from, let to):
      text = "\(layer) lets \(to) run at once, after \(from)"
      tone = .plain
    case .labelMissing(let label):
      text = "\(layer) is kept for each value of `\(label)`, and this call has none: give --label \(label)=VALUE"
      tone = .plain
    default: return nil
    }
  }

  private static func failure(of attempt: Int, _ classes: [String], _ end: CommandEnd?) -> String {
    if classes.contains("timeout") { return "attempt \(attempt) timed out" }
    guard let end, !end.isSuccess else { return "attempt \(attempt) failed" }
    if case .notStarted = end { return "attempt \(attempt) failed: \(end)" }
    return "attempt \(attempt) failed with \(end)"
  }

  private static func words(for stop: String, by layer: String) -> String {
    switch stop {
    case "class": "which \(layer) does not try again"
    case "attempts": "and no attempt is left"
    case "deadline": "and no time is left for another attempt"
    case "budget": "and the retry budget is spent"
    default: "and is not tried again (\(stop))"
    }
  }

  private static func rejection(_ reason: String, by layer: String, comeBack: Duration?) -> String {
    let then = comeBack.map { ", next try in \(DurationText.show($0))" } ?? ""
    return switch reason {
    case "breaker-open": "\(layer) is open\(then)"
    case "breaker-probing": "\(layer) is half-open and has its probes\(then)"
    case "isolated": "\(layer) is isolated"
    case "bulkhead-full": "\(layer) is full\(then)"
    case "rate-limited": "\(layer) lets no more through\(then)"
    default: "\(layer) turned the call away (\(reason))\(then)"
    }
  }

  private static func fallback(_ layer: String, _ kind: String, age: Duration?) -> String {
    switch (kind, age) {
    case ("lastGood", let age?): "\(layer) serves the last good value, \(DurationText.show(age)) old"
    case ("value", _): "\(layer) serves its value"
    default: "\(layer) stood in (\(kind))"
    }
  }

  private static func words(for change: BreakerChange) -> String? {
    switch change {
    case .opened(_, let cause, let openTime):
      "opened for \(DurationText.show(.nanoseconds(Int64(clamping: openTime)))): \(words(for: cause))"
    case .halfOpened: "is half-open"
    case .closed: "closed"
    case .isolated: "is isolated"
    case .late: nil
    }
  }

  private static func words(for cause: BreakerCause) -> String {
    switch cause {
    case .failures(let run, _): run == 1 ? "1 failure" : "\(run) failures in a row"
    case .failureRate(let failures, let calls, let threshold):
      "\(failures) failures in \(calls) calls, threshold \(percent(threshold))"
    case .slowRate(let slow, let calls, let threshold):
      "\(slow) slow calls of \(calls), threshold \(percent(threshold))"
    case .failuresInWindow(let failures, _): "\(failures) failures in its window"
    case .probe: "a probe failed"
    }
  }

  private static func percent(_ share: Ratio) -> String {
    let hundredths = share.partsPerMillion / 100
    return hundredths.isMultiple(of: 100) ? "\(hundredths / 100)%" : "\(Double(hundredths) / 100)%"
  }
}
