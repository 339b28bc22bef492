import PolicyLanguage
import PolicySimulation
import ResilienceCore

extension Rule {
  static let unreachableAttempts = Rule(
    "RP402", "unreachable-attempts", .error, "Attempts that no call ever gets to.",
    why: """
      However fast the callee fails and however short chance makes the waits, the deadline comes before these \
      attempts. Whoever wrote the number believes in tries that are never made.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {attempts: 5, backoff: {initial: 400ms, factor: 2, max: 3s, jitter: none}}

      """, line: 7),
    good: """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: {initial: 400ms, factor: 2, max: 3s, jitter: none}}

      """)
}

extension AnalysisRule {
  static let unreachableAttempts = AnalysisRule(rule: .unreachableAttempts) { subject in
    let uses = RetryUses(subject)
    return subject.findings { document in
      uses.cutShort(in: document).map { finding($0, among: uses, in: document) }
    }
  }

  private static func finding(_ group: [RetryUse], among uses: RetryUses, in document: PolicyDocument) -> Finding {
    let use = group[0]
    let retry = use.retry
    let attempts = document.place(retry.origins["attempts"], else: use.layer.location)
    let (declared, started) = (use.declared, use.started)
    var related = [Diagnostic.Related(attempts, "at most \(started) of \(declared) can start")]
    if let deadline = use.deadline {
      let place = document.place(deadline.origins["after"], else: deadline.location)
      related.append(.init(place, "the deadline ends every call at \(TimeText.inWords(use.deadlineAfter))"))
    }
    let operations = group.map(\.operation.name)
    let advice = uses.advice(on: use, at: attempts)
    return Finding(
      Diagnostic(
        .unreachableAttempts,
        "\(attemptNumbers(started + 1, declared)) of retry `\(retry.name)` can never start in "
          + operations.asOperations,
        at: attempts, path: use.operation.path(of: use.layer, "attempts"), related: related, help: advice.help,
        fix: advice.fix, witness: use.witness),
      operations: operations, witnessKind: .fastestFailure, replay: use.replay(in: document))
  }

  /// `attempt 5`, `attempts 4 and 5`, `attempts 4 to 9`.
  private static func attemptNumbers(_ first: Int, _ last: Int) -> String {
    switch last - first {
    case ...0: "attempt \(last)"
    case 1: "attempts \(first) and \(last)"
    default: "attempts \(first) to \(last)"
    }
  }
}

extension [String] {
  /// ``operation `users.get` ``, ``operation `users.get` and 3 others``.
  var asOperations: String {
    guard let first else { return "no operation" }
    switch count {
    case 1: return "operation `\(first)`"
    case 2: return "operations `\(first)` and `\(self[1])`"
    default: return "operation `\(first)` and \(count - 1) others"
    }
  }
}
