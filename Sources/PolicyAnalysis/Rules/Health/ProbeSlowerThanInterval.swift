import PolicyLanguage
internal import PolicySimulation
import ResilienceCore

extension Rule {
  static let probeSlowerThanInterval = Rule(
    "RP412", "probe-slower-than-interval", .error, "A health check whose timeout is no shorter than its interval.",
    why: """
      There is never a second probe while one runs. When the callee hangs, each probe takes the whole timeout, so the \
      check is asked less often than the file says, and finds out later: just when it matters.
      """,
    bad: RuleExample(
      """
      version: 1
      healthChecks:
        cache: {probe: {handler: ping}, every: 5s, timeout: 10s}

      """, line: 3),
    good: """
      version: 1
      healthChecks:
        cache: {probe: {handler: ping}, every: 5s, timeout: 1s}

      """)
}

extension AnalysisRule {
  static let probeSlowerThanInterval = AnalysisRule(rule: .probeSlowerThanInterval) { subject in
    subject.findings { document in
      document.healthChecks.values.filter { $0.value.settings.timeout >= $0.value.settings.every }.map {
        finding($0, in: document)
      }
    }
  }

  private static func finding(_ check: Definition<HealthCheckDefinition>, in document: PolicyDocument) -> Finding {
    let (every, timeout) = (check.value.settings.every, check.value.settings.timeout)
    let words = (every: TimeText.inWords(every.nanoseconds), timeout: TimeText.inWords(timeout.nanoseconds))
    return Finding(
      Diagnostic(
        .probeSlowerThanInterval,
        "a probe of health check `\(check.name)` may take \(words.timeout), but the next is due after \(words.every)",
        at: document.place(check.origins["timeout"], else: check.location), path: "healthChecks.\(check.name)",
        related: [.init(document.place(check.origins["every"], else: check.location), "the interval")],
        help: "make `timeout` shorter than `every`",
        witness: [
          WitnessLine(at: TimeText.inWords(0), "probe 1 begins, and nobody answers"),
          WitnessLine(at: words.every, "probe 2 is due"), WitnessLine(at: words.timeout, "probe 1 times out"),
        ]), witnessKind: .endlessBody)
  }
}
