import PolicyLanguage
import PolicySimulation
import ResilienceCore

extension Rule {
  static let oneCallOpens = Rule(
    "RP602", "one-call-opens", .warning, "A breaker that one failing call opens by its own attempts.",
    why: """
      Inside a retry a breaker counts attempts. When one call makes as many as open it, a single request that the \
      callee cannot serve, for whatever reason, turns away everybody else for the whole open time.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: 100ms}
            - breaker: {failures: 3, open: 60s}

      """, line: 8),
    good: """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: 100ms}
            - breaker: {failures: 5, open: 60s}

      """)
}

extension AnalysisRule {
  static let oneCallOpens = AnalysisRule(rule: .oneCallOpens) { subject in
    subject.findings { document in
      var known: [OpeningCall.Place: Int] = [:]
      var findings: [Finding] = []
      for operation in document.operations {
        for call in OpeningCall.all(of: operation, in: document) {
          if let index = known[call.place] {
            findings[index].operations.append(operation.name)
          } else {
            known[call.place] = findings.count
            findings.append(finding(call, in: document))
          }
        }
      }
      return findings
    }
  }

  private static func finding(_ call: OpeningCall, in document: PolicyDocument) -> Finding {
    let attempts = call.retry.value.settings.attempts
    let path =
      call.layer.shared
      ? "breakers.\(call.breaker.name)/\(call.field)" : call.operation.path(of: call.layer, call.field)
    return Finding(
      Diagnostic(
        .oneCallOpens,
        "one failing call of operation `\(call.operation.name)` opens breaker `\(call.breaker.name)`: retry "
          + "`\(call.retry.name)` makes up to \(attempts) attempts", at: call.place.breaker, path: path,
        related: [
          .init(call.place.breaker, "reached by \(call.attempts) \(call.attempts == 1 ? "attempt" : "attempts")"),
          .init(call.place.retry, "attempts of one call, each counted by the breaker"),
        ],
        help: "let it take more failures than one call has attempts, such as \(attempts + 2)", witness: call.witness),
      operations: [call.operation.name], witnessKind: .failingCall, replay: call.replay(in: document))
  }
}
