import PolicyLanguage
internal import PolicySimulation
import ResilienceCore

extension Rule {
  static let recoveryBeforeProbe = Rule(
    "RP742", "recovery-before-probe", .warning, "A recovery that begins before its breaker has tried a probe.",
    why: """
      A breaker that opened finds out by itself whether the callee is back, after its open time. A recovery that begins \
      earlier acts on every hiccup that would have ended by itself.
      """,
    bad: RuleExample(
      """
      version: 1
      breakers:
        database: {failures: 5, open: 60s}
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: database}]}
      recoveries:
        failover:
          when: {breaker: database, for: 30s}
          do: [{handler: failover, timeout: 10s}]
          cooldown: 5m
          limit: 3/h

      """, line: 8),
    good: """
      version: 1
      breakers:
        database: {failures: 5, open: 60s}
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: database}]}
      recoveries:
        failover:
          when: {breaker: database, for: 3m}
          do: [{handler: failover, timeout: 10s}]
          cooldown: 5m
          limit: 3/h

      """)
}

extension AnalysisRule {
  static let recoveryBeforeProbe = AnalysisRule(rule: .recoveryBeforeProbe) { subject in
    subject.findings { document in document.recoveries.values.compactMap { finding($0, in: document) } }
  }

  private static func finding(_ recovery: Definition<RecoveryDefinition>, in document: PolicyDocument) -> Finding? {
    let condition = recovery.value.condition
    guard case .breaker(let name) = condition.subject, let openTime = document.openTime(of: name),
      condition.duration < openTime.time
    else { return nil }
    return Finding(
      Diagnostic(
        .recoveryBeforeProbe,
        "recovery `\(recovery.name)` begins \(TimeText.inWords(condition.duration.nanoseconds)) after breaker `\(name)` "
          + "opened; its first probe comes after \(TimeText.inWords(openTime.time.nanoseconds))",
        at: document.place(recovery.origins["when.for"] ?? recovery.origins["when"], else: recovery.location),
        path: "recoveries.\(recovery.name)", related: [.init(openTime.place, "the open time")],
        help: "wait for a few probes: `for` above the open time"))
  }
}

extension PolicyDocument {
  fileprivate func openTime(of breaker: String) -> (time: Duration, place: Location)? {
    breakers[breaker].map { definition in
      (definition.value.settings.open.duration, place(definition.origins["open"], else: definition.location))
    }
  }
}
