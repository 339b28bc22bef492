import PolicyLanguage
import PolicySimulation
import ResilienceCore

extension Rule {
  static let unboundedOperation = Rule(
    "RP401", "unbounded-operation", .error, "An operation with neither a deadline nor a timeout.",
    why: """
      A callee that accepts a connection and never answers holds its caller for ever, with the caller's place in every \
      bulkhead and every lock. Retries and breakers do not help: they act when a call ends. Every operation counts as \
      remote, because a policy is what stands around calls that can fail; for one that cannot hang, ignore the rule \
      there and say why. A limit with `mode: observe` counts as a bound: the body is told when to end.
      """,
    bad: RuleExample(
      """
      version: 1
      breakers:
        database: {failures: 5, open: 60s}
      operations:
        users.get: {layers: [{breaker: database}]}

      """, line: 5),
    good: """
      version: 1
      breakers:
        database: {failures: 5, open: 60s}
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: database}]}

      """)
}

extension AnalysisRule {
  static let unboundedOperation = AnalysisRule(rule: .unboundedOperation) { subject in
    subject.findings { document in
      document.operations.filter { $0.value.layers.allSatisfy { $0.limit == nil } }.map { finding($0, in: document) }
    }
  }

  private static func finding(_ operation: Definition<OperationDefinition>, in document: PolicyDocument) -> Finding {
    let rehearsal = Rehearsal(operation, operation.value.layers)
    let trace = rehearsal.begin(.shortestWaits).call { _ in ScriptedAttempt(.never) }
    var related: [Diagnostic.Related] = []
    if let name = operation.value.pipelineName, let pipeline = document.pipelines[name] {
      related.append(.init(pipeline.location, "its pipeline has neither `deadline` nor `timeout`"))
    }
    let started = trace.attemptStarts.map { WitnessLine(at: TimeText.inWords($0), "attempt 1 starts") }
    return Finding(
      Diagnostic(
        .unboundedOperation,
        "nothing ends a call of operation `\(operation.name)`: it has neither a deadline nor a timeout",
        at: operation.location, path: "operations.\(operation.name)", related: related,
        help: "put `{deadline: 2s}`, with a time that its callers can wait, in front of its other layers",
        witness: started + [WitnessLine(at: "later", "no layer has a limit, so nothing ever cancels the body")]),
      operations: [operation.name], witnessKind: .endlessBody,
      replay: ReplayCommand(operation, in: document).hanging { recording, events in
        recording.summary.unfinished == 1 && events.last?.kind == .attemptStarted
      })
  }
}
