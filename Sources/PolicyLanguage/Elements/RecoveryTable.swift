internal import LocatedYAML
internal import ResilienceCore

/// A condition while it is read.
struct RecoveryConditionDraft: Sendable {
  var healthCheck: String?
  var breaker: String?
  var overall: Bool?
  var state: RecoveryCondition.State?
  var duration: Duration?
}

/// A step while it is read.
struct RecoveryStepDraft: Sendable {
  /// How long the action of an exhausted recovery may take, when it does not say so.
  static let standardTimeout = Duration.seconds(30)

  var handler: String?
  var exec: [String]?
  var operation: String?
  var timeout = standardTimeout

  func finished(at node: Node) -> RecoveryStep? {
    let action: RecoveryStep.Action? =
      handler.map { .handler($0) } ?? exec.map { .exec($0) } ?? operation.map { .operation($0) }
    return action.map { RecoveryStep(action: $0, timeout: timeout, location: Location(node)) }
  }
}

/// A recovery while it is read.
struct RecoveryDraft: Sendable {
  var condition: RecoveryCondition?
  var steps: [RecoveryStep] = []
  var retry: Definition<RetryDefinition>?
  var verify: String?
  var settings = RecoverySettings(cooldown: .zero, limit: Rate(1, per: .seconds(1)))
  var exhausted: RecoveryStep?
}

enum RecoveryTable {
  static let recovery = Section(
    "recovery", "What is done when something stays unwell.", RecoveryDraft(), inherits: true
  ) {
    Field(
      "when", .recoveryCondition, to: \.condition, mandatory: true,
      "the condition; it is armed again when the condition has not held once",
      example: "{healthCheck: cache, is: unhealthy, for: 30s}")
    Field(
      "do", .list(of: .recoveryStep, atLeastOne: true), to: \.steps, mandatory: true,
      "the steps, in order; the first failure ends the attempt",
      example: "[{handler: cache-reconnect, timeout: 10s}]")
    Field(
      "retry", .retryOfRecovery, to: \.retry, default: "a single attempt",
      "attempts and waits after a failed step or verification; nothing else of a retry counts here", example: "once")
    Field(
      "verify", .reference(to: .healthChecks), to: \.verify, default: "nothing",
      "the health check that is asked afterwards, and must not be unhealthy", example: "cache")
    Field(
      "cooldown", .duration, to: \.settings.cooldown, mandatory: true,
      "the shortest time from the end of one to the beginning of the next", example: "5m")
    Field("limit", .rate, to: \.settings.limit, mandatory: true, "the most that begin in a time", example: "3/h")
    Field(
      "exhausted", .exhaustedAction, to: \.exhausted, default: "only the event",
      "what is done when no attempt has helped", example: "{handler: page-on-call}")
  }

  static let condition = Section(
    "recovery condition", "What makes a recovery start.", RecoveryConditionDraft(),
    choice: .oneOf(["healthCheck", "breaker", "overall"])
  ) {
    Field("healthCheck", .reference(to: .healthChecks), to: \.healthCheck, "a health check", example: "cache")
    Field("breaker", .reference(to: .breakers), to: \.breaker, "a breaker", example: "database")
    Field("overall", .flag, to: \.overall, "`true`: all health checks together", example: "true")
    Field(
      "is", .recoveryState, to: \.state, default: "`unhealthy`, of a breaker `open`",
      "how it is; `degraded` includes unhealthy", example: "degraded")
    Field("for", .duration, to: \.duration, default: "at once", "for how long without a break", example: "30s")
  }

  static let step = Section(
    "recovery step", "Something that a recovery does.", RecoveryStepDraft(),
    choice: .oneOf(["handler", "exec", "operation"])
  ) {
    Field(
      "handler", .named("name", examples: ["cache-reconnect"]), to: \.handler,
      "a function that the program registers under this name", example: "cache-reconnect")
    Field(
      "exec", .command, to: \.exec, "a command that exits with 0; nothing in it is interpreted",
      example: "[systemctl, restart, cache]")
    Field(
      "operation", .operationName, to: \.operation, "an operation that the program registers, under its policy",
      example: "cache.warm")
    Field(
      "timeout", .duration, to: \.timeout, mandatory: true, "how long it may take; it is cancelled then", example: "10s"
    )
  }

  static let exhausted = Section(
    "exhausted action", "What is done when a recovery has not helped.", RecoveryStepDraft(),
    shorthands: [
      .value(
        TextNotation<String>.named("name", examples: ["page-on-call"]).shape, fields: ["handler"],
        example: "page-on-call")
    ],
    choice: .oneOf(["handler", "exec", "operation"])
  ) {
    Field(
      "handler", .named("name", examples: ["page-on-call"]), to: \.handler,
      "a function that the program registers under this name", example: "page-on-call")
    Field(
      "exec", .command, to: \.exec, "a command; nothing in it is interpreted", example: "[logger, cache is lost]")
    Field(
      "operation", .operationName, to: \.operation, "an operation that the program registers, under its policy",
      example: "alerts.send")
    Field("timeout", .duration, to: \.timeout, "how long it may take; it is cancelled then", example: "10s")
  }
}

extension Notation<RecoveryCondition> {
  static var recoveryCondition: Notation {
    .map(RecoveryTable.condition) { filled, decoder in
      let draft = filled.draft
      guard let subject = draft.subject(filled, decoder) else { return nil }
      let isBreaker = draft.breaker != nil
      if let state = draft.state, (state == .open) != isBreaker {
        decoder.reportState(state, isBreaker: isBreaker, in: filled)
        return nil
      }
      return RecoveryCondition(
        subject, is: draft.state ?? (isBreaker ? .open : .unhealthy), for: draft.duration ?? .zero)
    }
  }
}

extension RecoveryConditionDraft {
  fileprivate func subject(
    _ filled: Filled<RecoveryConditionDraft>, _ decoder: PolicyDecoder
  ) -> RecoveryCondition.Subject? {
    if overall == false {
      decoder.dead("overall", because: "a condition has to look at something", in: filled)
      return nil
    }
    return healthCheck.map { .healthCheck($0) } ?? breaker.map { .breaker($0) } ?? (overall == true ? .overall : nil)
  }
}

extension PolicyDecoder {
  fileprivate func reportState(
    _ state: RecoveryCondition.State, isBreaker: Bool, in filled: Filled<RecoveryConditionDraft>
  ) {
    push("is", filled.view.node)
    defer { pop() }
    let needed =
      isBreaker ? "`healthCheck` or `overall`; a breaker is `open`" : "`breaker`; health is `degraded` or `unhealthy`"
    report(.wrongType, "`\(state.rawValue)` needs \(needed)", at: Location(filled.place(of: "is")))
  }
}

extension TextNotation<RecoveryCondition.State> {
  static var recoveryState: TextNotation {
    .words([
      (Word("unhealthy", "a health check, or all together"), .unhealthy),
      (Word("degraded", "the same, degraded or unhealthy"), .degraded),
      (Word("open", "a breaker that has opened and not closed since"), .open),
    ])
  }
}

extension Notation<RecoveryStep> {
  static var recoveryStep: Notation {
    .map(RecoveryTable.step) { filled, _ in filled.draft.finished(at: filled.view.node) }
  }
  static var exhaustedAction: Notation {
    .map(RecoveryTable.exhausted) { filled, _ in filled.draft.finished(at: filled.view.node) }
  }
}

extension Notation<Definition<RetryDefinition>> {
  /// A retry by name, or written in place.
  static var retryOfRecovery: Notation {
    let one = Notation<RetryDefinition>.retry
    return Notation(.either([.reference(.retries), one.shape])) { layered, decoder in
      decoder.element(layered, of: .retries, one) { $0.elements.retries.at($1) }?.definition
    }
  }
}

extension Notation<RecoveryDefinition> {
  static var recovery: Notation {
    .map(RecoveryTable.recovery) { filled, decoder in
      let draft = filled.draft
      guard let condition = draft.condition else { return nil }
      var settings = draft.settings
      settings.hold = condition.duration
      settings.retry = draft.retry?.value.settings
      return RecoveryDefinition(
        condition: condition, steps: draft.steps, settings: settings, verify: draft.verify, exhausted: draft.exhausted)
    }
  }
}
