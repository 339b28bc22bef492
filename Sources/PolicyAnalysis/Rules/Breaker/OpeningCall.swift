import PolicyLanguage
import PolicySimulation
import ResilienceCore

/// A call that opens a breaker all by itself.
struct OpeningCall {
  /// Where both numbers stand.
  struct Place: Hashable {
    let breaker: Location
    let retry: Location
  }

  let operation: Definition<OperationDefinition>
  let retry: Definition<RetryDefinition>
  let breaker: Definition<BreakerDefinition>
  /// The breaker's layer.
  let layer: LayerDefinition
  /// The field of the breaker that was reached.
  let field: String
  let place: Place
  /// After how many attempts it opened.
  let attempts: Int
  let witness: [WitnessLine]
  /// When it opened, in nanoseconds from the call's start.
  let opensAt: UInt64

  /// The command that plays the witness.
  func replay(in document: PolicyDocument) -> String? {
    ReplayCommand(operation, in: document).failing { _, events in
      guard let opening = events.firstIndex(where: { $0.opensBreaker }), events[opening].at == opensAt else {
        return false
      }
      return events[...opening].count { $0.kind == .attemptStarted } == attempts
    }
  }

  /// Those that one failing call of the operation can be: each breaker inside a retry, met fresh.
  static func all(of operation: Definition<OperationDefinition>, in document: PolicyDocument) -> [OpeningCall] {
    let layers = operation.value.layers
    return layers.indices.compactMap { index in
      guard let breaker = layers[index].breaker,
        let outer = layers[..<index].lastIndex(where: { ($0.retry?.value.settings.attempts ?? 1) > 1 }),
        let retry = layers[outer].retry,
        // Nearly all: no call has to be played that is over before.
        retry.value.settings.attempts >= BreakerNumbers(breaker.value.settings).fewestCallsToOpen
      else { return nil }
      let taking = layers[..<outer].filter { $0.limit != nil } + [layers[outer], layers[index]]
      let rehearsal = Rehearsal(operation, Array(taking), errors: document.errors.map(\.value))
      guard let (trace, cause) = opening(rehearsal), trace.attempts > 1 else { return nil }
      let field = breaker.value.settings.field(of: cause)
      return OpeningCall(
        operation: operation, retry: retry, breaker: breaker, layer: layers[index], field: field,
        place: Place(
          breaker: document.place(breaker.origins[field], else: layers[index].location),
          retry: document.place(retry.origins["attempts"], else: layers[outer].location)),
        attempts: trace.attempts, witness: lines(trace), opensAt: trace.entries.last?.at ?? 0)
    }
  }

  /// The first class of failures with which one call opens the breaker, and how.
  private static func opening(_ rehearsal: Rehearsal) -> (CallTrace, BreakerCause)? {
    for classes in rehearsal.failureClasses {
      let failure = ScriptedAttempt(.failure(rehearsal.failure(of: classes)))
      let trace = rehearsal.begin(.shortestWaits).call { _ in failure }
      for entry in trace.entries {
        if case .breakerChanged(_, .opened(_, let cause, _)) = entry.event { return (trace.upTo(entry), cause) }
      }
    }
    return nil
  }

  private static func lines(_ trace: CallTrace) -> [WitnessLine] {
    var lines: [WitnessLine] = []
    var number = 0
    for entry in trace.entries {
      switch entry.event {
      case .attemptEnded(let attempt, .failure):
        number = attempt
        lines.append(WitnessLine(at: TimeText.inWords(entry.at), "attempt \(attempt) fails"))
      case .breakerChanged(let name, .opened(_, _, let time)):
        _ = lines.popLast()
        lines.append(
          WitnessLine(
            at: TimeText.inWords(entry.at),
            "attempt \(number) fails; breaker `\(name)` opens and turns every call away for \(TimeText.inWords(time))"))
      default: break
      }
    }
    guard lines.count > 6 else { return lines }
    return lines.prefix(3) + [WitnessLine(at: "…", "attempts 4 to \(lines.count - 1) fail in the same way")]
      + lines.suffix(1)
  }
}

extension SimulationEvent {
  fileprivate var opensBreaker: Bool {
    if case .breakerState(_, BreakerStateName.open.rawValue) = kind { true } else { false }
  }
}

extension CircuitBreakerSettings {
  /// The field whose number was reached.
  fileprivate func field(of cause: BreakerCause) -> String {
    switch cause {
    case .failures, .probe: "failures"
    case .failuresInWindow: "failuresInWindow"
    case .failureRate, .slowRate: minimumCalls == nil ? "window" : "minimumCalls"
    }
  }
}
