import PolicyLanguage
import ResilienceCore

extension Rule {
  static let probesInStep = Rule(
    "RP744", "probes-in-step", .warning, "A health check without jitter.",
    why: """
      Processes that were started together by a deployment ask together for ever. What they ask sees a spike at every \
      interval and nothing in between, and when it is down they all find out, and mend it, at the same moment.
      """,
    bad: RuleExample(
      """
      version: 1
      healthChecks:
        cache: {probe: {handler: ping}, every: 5s, timeout: 1s, jitter: none}

      """, line: 3),
    good: """
      version: 1
      healthChecks:
        cache: {probe: {handler: ping}, every: 5s, timeout: 1s}

      """)
}

extension AnalysisRule {
  static let probesInStep = AnalysisRule(rule: .probesInStep) { subject in
    subject.findings { document in
      document.healthChecks.values.filter { $0.value.settings.jitter == .zero }.map { check in
        Finding(
          Diagnostic(
            .probesInStep, "health check `\(check.name)` has no jitter: every process asks at the same moment",
            at: document.place(check.origins["jitter"], else: check.location), path: "healthChecks.\(check.name)",
            help: "leave `jitter` out for 20%"))
      }
    }
  }
}
