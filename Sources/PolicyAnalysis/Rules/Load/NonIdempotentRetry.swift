import PolicyLanguage
import ResilienceCore

extension Rule {
  static let nonIdempotentRetry = Rule(
    "RP508", "non-idempotent-retry", .error,
    "A retry or hedge of an operation that must not run twice, or of which nobody says whether it may.",
    why: """
      A failure does not say that nothing happened: after a timeout the payment may be made, and the second try makes \
      another. The engine repeats an operation with `idempotent: false` only after failures whose class proves with \
      `safeToRepeat` that the callee did no work, so the other classes of its retry do nothing, and never hedges it. Where \
      `idempotent` is left out, the engine does retry and hedge, and this is a warning until somebody says which it is.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        payments.capture:
          idempotent: false
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: 100ms}

      """, line: 4),
    good: """
      version: 1
      operations:
        payments.capture:
          idempotent: {key: Idempotency-Key}
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: 100ms}

      """)

  /// The same rule where nobody said anything: its findings are warnings.
  static let unknownIdempotencyRetry = Rule(
    "RP508", "non-idempotent-retry", .warning, Rule.nonIdempotentRetry.summary, why: Rule.nonIdempotentRetry.why,
    bad: nil, good: Rule.nonIdempotentRetry.good)
}

extension AnalysisRule {
  static let nonIdempotentRetry = AnalysisRule(rule: .nonIdempotentRetry) { subject in
    subject.findings { document in
      document.operations.flatMap { operation in
        operation.value.layers.compactMap {
          finding(on: $0, of: operation, in: document) ?? hedgeFinding(on: $0, of: operation, in: document)
        }
      }
    }
  }

  private static func finding(
    on layer: LayerDefinition, of operation: Definition<OperationDefinition>, in document: PolicyDocument
  ) -> Finding? {
    guard let retry = layer.retry, retry.value.settings.attempts > 1 else { return nil }
    switch operation.value.idempotency {
    case .yes, .key: return nil
    case .no:
      let risky = riskyClasses(of: retry, in: document)
      return risky.isEmpty ? nil : declared(risky, layer, retry, operation, document)
    case .unknown:
      return riskyClasses(of: retry, in: document).isEmpty ? nil : unknown(layer, retry, operation, document)
    }
  }

  /// What the retry handles of failures that do not prove that the callee did no work.
  private static func riskyClasses(of retry: Definition<RetryDefinition>, in document: PolicyDocument) -> [String] {
    document.classNames(of: retry.value.settings.handle.subtracting([.rejected, .cancelled])) { !$0.safeToRepeat }
  }

  private static func declared(
    _ risky: [String], _ layer: LayerDefinition, _ retry: Definition<RetryDefinition>,
    _ operation: Definition<OperationDefinition>, _ document: PolicyDocument
  ) -> Finding {
    let place = document.placeOfIdempotency(operation)
    let classes =
      risky.count > 3 ? Array(risky.prefix(3)).map { "`\($0)`" }.joined(separator: ", ") + " and others" : risky.inWords
    return Finding(
      Diagnostic(
        .nonIdempotentRetry,
        "operation `\(operation.name)` must not run twice, but its retry `\(retry.name)` handles \(classes), "
          + "which do not prove that the callee did no work", at: place,
        path: "operations.\(operation.name)/idempotent", related: [retried(layer, retry, document)],
        notes: ["the engine does not repeat it after these: this part of the retry does nothing"],
        help: "handle only classes with `safeToRepeat: true`, take the retry out, or give the callee a key: "
          + "`idempotent: {key: Idempotency-Key}`"),
      operations: [operation.name])
  }

  private static func unknown(
    _ layer: LayerDefinition, _ retry: Definition<RetryDefinition>, _ operation: Definition<OperationDefinition>,
    _ document: PolicyDocument
  ) -> Finding {
    Finding(
      Diagnostic(
        .unknownIdempotencyRetry,
        "operation `\(operation.name)` is retried, and nothing says whether it may run twice",
        at: document.placeOfIdempotency(operation),
        path: "operations.\(operation.name)/idempotent", related: [retried(layer, retry, document)],
        help: "write `idempotent: true`, `idempotent: {key: NAME}` with what the callee tells repeats by, or "
          + "`idempotent: false`"),
      operations: [operation.name])
  }

  private static func hedgeFinding(
    on layer: LayerDefinition, of operation: Definition<OperationDefinition>, in document: PolicyDocument
  ) -> Finding? {
    guard let hedge = layer.hedge else { return nil }
    switch operation.value.idempotency {
    case .yes, .key: return nil
    case .no:
      return hedgeFinding(
        .nonIdempotentRetry,
        "operation `\(operation.name)` must not run twice, but its hedge `\(hedge.name)` would start it beside itself",
        notes: ["the engine starts no hedge of it: this layer does nothing"],
        help: "take the hedge out, or give the callee a key: `idempotent: {key: Idempotency-Key}`", layer, operation,
        document)
    case .unknown:
      return hedgeFinding(
        .unknownIdempotencyRetry,
        "operation `\(operation.name)` is hedged, and nothing says whether it may run twice",
        help: "write `idempotent: true`, `idempotent: {key: NAME}` with what the callee tells repeats by, or "
          + "`idempotent: false`", layer, operation, document)
    }
  }

  private static func hedgeFinding(
    _ rule: Rule, _ message: String, notes: [String] = [], help: String, _ layer: LayerDefinition,
    _ operation: Definition<OperationDefinition>, _ document: PolicyDocument
  ) -> Finding {
    Finding(
      Diagnostic(
        rule, message, at: document.placeOfIdempotency(operation), path: "operations.\(operation.name)/idempotent",
        related: [.init(layer.location, "the hedge")], notes: notes, help: help),
      operations: [operation.name])
  }

  private static func retried(
    _ layer: LayerDefinition, _ retry: Definition<RetryDefinition>, _ document: PolicyDocument
  ) -> Diagnostic.Related {
    .init(layer.location, "up to \(retry.value.settings.attempts) attempts")
  }
}

extension PolicyDocument {
  /// Where the operation says whether it may run twice; its key where it does not, as in the short form with a
  /// pipeline's name.
  fileprivate func placeOfIdempotency(_ operation: Definition<OperationDefinition>) -> Location {
    let written = operation.origins["idempotent"]
    return written == operation.origins["pipeline"] ? operation.location : place(written, else: operation.location)
  }

  /// The names of the classes in a set that a body's failure can have, those that `isWanted` wants; built-in classes
  /// are asked as classes about which nothing is declared.
  func classNames(of set: FailureClasses, where isWanted: (ErrorClass) -> Bool) -> [String] {
    let builtIn: [(FailureClasses, ErrorClass)] = [
      (.timeout, ErrorClass(name: "timeout", matchers: [])), (.other, ErrorClass(name: "other", matchers: [])),
    ]
    let defined = errors.enumerated().map { (FailureClasses.defined($0.offset), $0.element.value) }
    return (defined + builtIn).filter { set.contains($0.0) && isWanted($0.1) }.map(\.1.name)
  }
}
