import PolicyLanguage
import PolicySimulation
import ResilienceCore

extension Rule {
  static let timeoutBeyondDeadline = Rule(
    "RP403", "timeout-beyond-deadline", .error, "A timeout that the deadline around it always forestalls.",
    why: """
      The deadline runs from the call's start and the timeout from a later moment, so a timeout as long as the \
      deadline never fires. One attempt that hangs then takes the whole call, and no retry gets its turn.
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
            - timeout: 2s

      """, line: 8),
    good: """
      version: 1
      operations:
        users.get:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: 100ms}
            - timeout: 500ms

      """)
}

extension AnalysisRule {
  static let timeoutBeyondDeadline = AnalysisRule(rule: .timeoutBeyondDeadline) { subject in
    subject.findings { document in
      var known: [LimitPair: Int] = [:]
      var findings: [Finding] = []
      for operation in document.operations {
        for pair in LimitPair.forestalled(in: operation.value.layers) {
          if let index = known[pair] {
            findings[index].operations.append(operation.name)
          } else {
            known[pair] = findings.count
            findings.append(finding(pair, of: operation, in: document))
          }
        }
      }
      return findings
    }
  }

  private static func finding(
    _ pair: LimitPair, of operation: Definition<OperationDefinition>, in document: PolicyDocument
  ) -> Finding {
    let trace = Rehearsal(operation, [pair.outer, pair.inner]).begin(.shortestWaits).call { _ in
      ScriptedAttempt(.never)
    }
    let after = TimeText.inWords(pair.timeout.value.after.nanoseconds)
    let deadline = TimeText.inWords(pair.deadline.value.after.nanoseconds)
    let end = trace.entries.last?.at ?? 0
    let place = document.place(pair.timeout.origins["after"], else: pair.inner.location)
    return Finding(
      Diagnostic(
        .timeoutBeyondDeadline,
        "timeout `\(pair.timeout.name)` of \(after) can never fire: the deadline comes at \(deadline)", at: place,
        path: operation.path(of: pair.inner, "after"),
        related: [
          .init(place, "as long as the whole call, or longer"),
          .init(
            document.place(pair.deadline.origins["after"], else: pair.outer.location),
            "the deadline ends every call at \(deadline)"),
        ],
        help: "make the timeout so short that the attempts fit into \(deadline), or leave it out",
        witness: [
          WitnessLine(at: TimeText.inWords(0), "attempt 1 starts"),
          WitnessLine(at: TimeText.inWords(end), "the deadline ends the call; the timeout of \(after) has not fired"),
        ]),
      operations: [operation.name], witnessKind: .endlessBody,
      replay: ReplayCommand(operation, in: document).hanging { _, events in
        let limits = events.filter { $0.kind == .timedOut }
        return limits.first?.at == end && limits.first?.name == pair.deadline.name
          && !limits.contains { $0.name == pair.timeout.name }
      })
  }
}

/// A deadline and a timeout inside it.
private struct LimitPair: Hashable {
  let outer: LayerDefinition
  let deadline: Definition<TimeoutSettings>
  let inner: LayerDefinition
  let timeout: Definition<TimeoutSettings>

  /// The pairs of a pipeline in which the timeout has nothing left to do.
  ///
  /// A timeout that is stricter than its deadline still acts: one that cancels inside one that observes, or one that
  /// gives up waiting inside one that waits.
  static func forestalled(in layers: [LayerDefinition]) -> [LimitPair] {
    layers.enumerated().compactMap { index, inner in
      guard let timeout = inner.timeout else { return nil }
      let pairs = layers[..<index].compactMap { outer in
        outer.deadline.map { LimitPair(outer: outer, deadline: $0, inner: inner, timeout: timeout) }
      }
      return pairs.first { $0.isForestalled }
    }
  }

  private var isForestalled: Bool {
    timeout.value.after >= deadline.value.after && timeout.value.mode.strictness <= deadline.value.mode.strictness
  }

  static func == (left: LimitPair, right: LimitPair) -> Bool {
    left.outer.location == right.outer.location && left.inner.location == right.inner.location
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(outer.location)
    hasher.combine(inner.location)
  }
}

extension TimeoutSettings.Mode {
  fileprivate var strictness: Int {
    switch self {
    case .observe: 0
    case .cooperative: 1
    case .abandon: 2
    }
  }
}
