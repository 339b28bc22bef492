import PolicyLanguage
import PolicySimulation
import ResilienceCore

extension Rule {
  static let breakerNeverOpens = Rule(
    "RP601", "breaker-never-opens", .error, "A breaker whose window never holds the calls it needs.",
    why: """
      A rate is judged only when the minimum of calls is in the window. At the rate that the facts of its operations \
      declare, the window forgets calls faster than they come, so the breaker stays closed even when every call fails.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get:
          facts: {rate: 1/s}
          layers:
            - deadline: 2s
            - breaker: {failureRate: 50%, window: 10s, minimumCalls: 30, open: 60s}

      """, line: 7),
    good: """
      version: 1
      operations:
        users.get:
          facts: {rate: 1/s}
          layers:
            - deadline: 2s
            - breaker: {failureRate: 50%, window: 1m, minimumCalls: 30, open: 60s}

      """)
}

extension AnalysisRule {
  static let breakerNeverOpens = AnalysisRule(rule: .breakerNeverOpens) { subject in
    subject.findings { document in
      BreakerLoad.all(in: document).compactMap { load in
        guard let steady = SteadyFailure(load) else { return nil }
        return finding(load, steady, in: document)
      }
    }
  }

  private static func finding(_ load: BreakerLoad, _ steady: SteadyFailure, in document: PolicyDocument) -> Finding {
    let breaker = load.breaker
    let place = document.place(
      breaker.origins[steady.neededField] ?? breaker.origins["window"], else: load.layer.location)
    var related = [Diagnostic.Related(place, "needs \(steady.needed) calls in \(TimeText.inWords(steady.window))")]
    if let window = breaker.origins["window"], document.place(window, else: place) != place {
      related.append(.init(window, "a call is forgotten after \(TimeText.inWords(steady.window)) at the latest"))
    }
    related += load.users.compactMap { user in
      user.operation.origins["facts.rate"].map { .init($0, user.inWords) }
    }
    return Finding(
      Diagnostic(
        .breakerNeverOpens,
        "breaker `\(breaker.name)` can never open: at most \(steady.most) calls are in its window, and it needs "
          + "\(steady.needed)", at: place, path: load.path(steady.neededField), related: related,
        help:
          "lower `\(steady.neededField)` to \(max(steady.most, 1)) or less, widen the window, or open after "
          + "`failures` in a row",
        witness: steady.witness),
      operations: load.users.map(\.operation.name), witnessKind: .steadyFailure,
      replay: replay(load, steady, in: document))
  }
}

extension AnalysisRule {
  /// The command that lets as many calls fail, where one operation makes all of them.
  private static func replay(_ load: BreakerLoad, _ steady: SteadyFailure, in document: PolicyDocument) -> String? {
    guard load.users.count == 1, let operation = load.users.first?.operation else { return nil }
    let calls = ReplayCommand.Calls(count: steady.calls, every: steady.pace)
    return ReplayCommand(operation, in: document).failing(calls) { recording, _ in
      let summary = recording.summary
      return summary.attempts == steady.calls && summary[.failure] == steady.calls
        && summary.breakers.contains { $0.name == load.breaker.name && $0.spans.count == 1 }
    }
  }
}

extension BreakerLoad.User {
  fileprivate var inWords: String {
    attempts > 1 ? "calls, each with up to \(attempts) attempts" : "calls"
  }
}
