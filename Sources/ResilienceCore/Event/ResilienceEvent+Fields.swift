extension ResilienceEvent {
  /// Everything that this event says but its time and level, in the order in which logs write it.
  public var fields: [EventField] {
    var fields: [EventField] = []
    if !operation.isEmpty { fields.append(EventField(.operation, operation)) }
    if let decider { fields.append(decider) }
    fields += kind.fields
    if generation > 0 { fields.append(EventField(.generation, Int(clamping: generation))) }
    if let location { fields.append(EventField(.source, location)) }
    return fields
  }

  /// Who decided, under the word for what it is: `breaker=database`.
  private var decider: EventField? {
    if name.isEmpty { return nil }
    if layer == .operation { return operation.isEmpty ? EventField(.file, name) : nil }
    return EventField(name: layer.fieldName, .text(name))
  }
}

extension LayerKind {
  /// The field that a layer of this kind is named in: its word, the way fields are spelled.
  package var fieldName: String {
    switch self {
    case .rateLimit: "rate_limit"
    case .healthCheck: "component"
    default: description
    }
  }
}

extension ResilienceEvent.Kind {
  /// The numbers and words of this kind alone.
  var fields: [EventField] {
    switch self {
    case .retryScheduled(let attempt, let maximum, let delay, let classes):
      [
        EventField(.attempt, attempt), EventField(.maximumAttempts, maximum), EventField(.backoff, delay),
        EventField(.classes, .words(classes)),
      ]
    case .retryStopped(let attempt, let reason, let classes):
      [EventField(.attempt, attempt)] + reason.fields + [EventField(.classes, .words(classes))]
    case .rejected(let reason, let retryAfter):
      [EventField(.reason, reason)] + (retryAfter.map { [EventField(.retryAfter, $0)] } ?? [])
    case .bulkheadFull(let inUse, let limit, let queued):
      [EventField(.inUse, inUse), EventField(.limit, limit), EventField(.queued, queued)]
    case .rateLimited(let interval, let burst, let nextSlot):
      [EventField(.interval, interval), EventField(.burst, burst), EventField(.retryAfter, nextSlot)]
    case .timedOut(let after, let elapsed):
      [EventField(.timeLimit, after), EventField(.elapsed, elapsed)]
    case .hedgeStarted(let leg, let after): [EventField(.leg, leg), EventField(.after, after)]
    case .hedgeRefused(let budget): [EventField(.budget, budget)]
    case .hedgeWon(let leg): [EventField(.leg, leg)]
    case .chaosInjected(let effect): [EventField(.effect, effect)]
    case .chaosIgnored: []
    case .fallbackServed(let kind, let age):
      [EventField(.kind, kind)] + (age.map { [EventField(.age, $0)] } ?? [])
    case .fallbackFailed(let kind): [EventField(.kind, kind)]
    case .breaker(let change): change.fields
    case .shadow(let kind): [EventField(.decision, kind.name.rawValue)] + kind.fields
    case .bulkheadLimit(let from, let to):
      [EventField(.from, from), EventField(.to, to)]
    case .labelMissing(let label): [EventField(.label, label)]
    case .healthChanged, .overallHealthChanged, .healthNotRunning: healthFields
    case .recoveryStarted, .recoveryFailed, .recoveryFinished, .recoveryExhausted: recoveryFields
    case .reloadApplied(let summary): [EventField(.summary, summary)]
    case .reloadRejected(let reason): [EventField(.reason, reason)]
    case .eventsDropped(let count): [EventField(.dropped, count)]
    }
  }

  /// The word for why; `nil` for kinds that have one reason only.
  package var reason: String? {
    switch self {
    case .retryStopped(_, let reason, _): reason.word
    case .rejected(let reason, _): reason
    default: nil
    }
  }

  /// The attempt that it is about.
  package var attempt: Int? {
    switch self {
    case .retryScheduled(let attempt, _, _, _), .retryStopped(let attempt, _, _): attempt
    default: nil
    }
  }
}

extension RetryStopReason {
  fileprivate var fields: [EventField] {
    let numbers: [EventField] =
      switch self {
      case .class: []
      case .attempts(let maximum): [EventField(.maximumAttempts, maximum)]
      case .retryAfter(let asked, let obeyed): [EventField(.asked, asked), EventField(.obeyed, obeyed)]
      case .deadline(let remaining): [EventField(.remaining, remaining)]
      case .budget(let name): [EventField(.budget, name)]
      }
    return [EventField(.reason, word)] + numbers
  }
}

extension BreakerChange {
  fileprivate var fields: [EventField] {
    switch self {
    case .opened(let from, let cause, let openTime):
      [EventField(.from, from.rawValue)] + cause.fields
        + [EventField(.openTime, Duration(nanoseconds: openTime))]
    case .ramping(let step, let steps, let share):
      [EventField(.share, .share(share)), EventField(.step, step), EventField(.steps, steps)]
    case .closed(let from), .isolated(let from), .forcedOpen(let from), .disabled(let from):
      [EventField(.from, from.rawValue)]
    case .halfOpened(let from): [EventField(.from, from.rawValue)]
    case .late: []
    }
  }
}

extension BreakerCause {
  fileprivate var fields: [EventField] {
    switch self {
    case .failures(let run, let threshold):
      [EventField(.reason, "failures"), EventField(.failures, run), EventField(.threshold, threshold)]
    case .failureRate(let failures, let calls, let threshold):
      [
        EventField(.reason, "failure-rate"), EventField(.failures, failures), EventField(.calls, calls),
        EventField(.threshold, .share(threshold)),
      ]
    case .slowRate(let slow, let calls, let threshold):
      [
        EventField(.reason, "slow-rate"), EventField(.slow, slow), EventField(.calls, calls),
        EventField(.threshold, .share(threshold)),
      ]
    case .failuresInWindow(let failures, let threshold):
      [EventField(.reason, "failures-in-window"), EventField(.failures, failures), EventField(.threshold, threshold)]
    case .probe: [EventField(.reason, "probe")]
    }
  }
}
