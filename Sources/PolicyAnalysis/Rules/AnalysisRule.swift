import PolicyLanguage

/// A rule about what a policy does: its documentation and its check.
struct AnalysisRule: Sendable {
  let rule: Rule
  let check: @Sendable (AnalysisSubject) -> [Finding]

  /// By code.
  static let all: [AnalysisRule] = [
    .unboundedOperation, .unreachableAttempts, .timeoutBeyondDeadline, .nonIdempotentRetry, .retryOfRejected,
    .breakerNeverOpens, .oneCallOpens, .probeSlowerThanInterval, .recoveryBeforeProbe, .probesInStep,
  ]
}

extension AnalysisSubject {
  /// What all rules of analysis find in the file.
  package func analyse() -> [Finding] {
    AnalysisRule.all.flatMap { $0.check(self) }
  }
}
