import PolicyLanguage
import PolicySimulation
import ResilienceCore

/// A retry in an operation's pipeline with the limits around it, and what its fastest failing call does.
struct RetryUse {
  /// The limits around the retry and its numbers: uses that are equal in these do the same.
  struct Timing: Hashable {
    let limits: [TimeoutSettings]
    let retry: RetrySettings
  }

  let operation: Definition<OperationDefinition>
  /// The position of the layer.
  let index: Int
  let layer: LayerDefinition
  let retry: Definition<RetryDefinition>
  /// The earliest limit around the retry.
  let deadline: Definition<TimeoutSettings>?
  let timing: Timing
  /// How many attempts start when each fails at once and every wait is the shortest.
  let started: Int
  /// When each attempt would start if there were no limit, in nanoseconds; of thousands only the first.
  let starts: [UInt64]

  var declared: Int { retry.value.settings.attempts }
  var deadlineAfter: UInt64 { deadline?.value.after.nanoseconds ?? .max }
  /// Whether limits keep attempts from ever starting.
  var isCutShort: Bool { started < declared }
}

extension RetryUse {
  /// The schedule that proves it.
  var witness: [WitnessLine] {
    let times = starts.prefix(started)
    guard let last = times.last, let missed = starts.dropFirst(started).first else { return [] }
    var lines = times.enumerated().map {
      WitnessLine(at: TimeText.inWords($0.element), "attempt \($0.offset + 1) fails")
    }
    if lines.count > 6 {
      let skipped = WitnessLine(at: "…", "attempts 4 to \(lines.count - 1) fail in the same way")
      lines = lines.prefix(3) + [skipped] + lines.suffix(1)
    }
    lines[lines.count - 1] = WitnessLine(
      at: TimeText.inWords(last),
      "attempt \(started) fails; attempt \(started + 1) would start at \(TimeText.inWords(missed)), "
        + "\(missed == deadlineAfter ? "when" : "after") the deadline at \(TimeText.inWords(deadlineAfter)), "
        + "so the call ends here")
    return lines
  }
}

extension RetryUse {
  /// The command that plays the witness: its attempts start when these do, and the deadline keeps the next from starting.
  func replay(in document: PolicyDocument) -> String? {
    let expected = Array(starts.prefix(started))
    return ReplayCommand(operation, in: document).failing { _, events in
      let starts = events.filter { $0.kind == .attemptStarted }.map(\.at)
      return starts == expected && events.contains { $0.kind == .retryStopped(reason: RetryStop.deadline.rawValue) }
    }
  }
}

/// All retries of a file with limits around them, in every environment.
struct RetryUses {
  /// Empty where no retry is cut short.
  private var uses: [RetryUse] = []
  private var measured: [RetryUse.Timing: Measure] = [:]

  /// What the fastest failing call of a timing does.
  private struct Measure {
    let started: Int
    let starts: [UInt64]
    let isCutShort: Bool
  }

  init(_ subject: AnalysisSubject) {
    for variant in subject.variants {
      for operation in variant.document.operations { measure(operation, in: variant.document) }
    }
    guard measured.values.contains(where: \.isCutShort) else { return }
    for variant in subject.variants {
      for operation in variant.document.operations { uses += uses(of: operation, in: variant.document) }
    }
  }

  /// The uses in a document that are cut short, those of one number and one deadline together.
  func cutShort(in document: PolicyDocument) -> [[RetryUse]] {
    guard !uses.isEmpty else { return [] }
    var groups: [[RetryUse]] = []
    var known: [Place: Int] = [:]
    for operation in document.operations {
      for use in uses(of: operation, in: document) where use.isCutShort {
        let place = Place(
          attempts: document.place(use.retry.origins["attempts"], else: use.layer.location),
          deadline: use.deadline.map { document.place($0.origins["after"], else: $0.location) }, timing: use.timing)
        if let index = known[place] {
          groups[index].append(use)
        } else {
          known[place] = groups.count
          groups.append([use])
        }
      }
    }
    return groups
  }

  /// Everybody who reads the number of attempts at this place.
  func sharing(_ attempts: Location) -> [RetryUse] { uses.filter { $0.retry.origins["attempts"] == attempts } }

  private struct Place: Hashable {
    let attempts: Location
    let deadline: Location?
    let timing: RetryUse.Timing
  }

  private mutating func measure(_ operation: Definition<OperationDefinition>, in document: PolicyDocument) {
    for (index, layer) in operation.value.layers.enumerated() where layer.retry != nil {
      let timing = timing(of: index, in: operation)
      if measured[timing] == nil { measured[timing] = measure(index, operation, document) }
    }
  }

  private func uses(of operation: Definition<OperationDefinition>, in document: PolicyDocument) -> [RetryUse] {
    operation.value.layers.enumerated().compactMap { index, layer in
      guard let retry = layer.retry else { return nil }
      let timing = timing(of: index, in: operation)
      guard let times = measured[timing] else { return nil }
      let limits = operation.value.layers[..<index].compactMap(\.limit)
      return RetryUse(
        operation: operation, index: index, layer: layer, retry: retry,
        deadline: limits.min { $0.value.after < $1.value.after }, timing: timing, started: times.started,
        starts: times.starts)
    }
  }

  private func timing(of index: Int, in operation: Definition<OperationDefinition>) -> RetryUse.Timing {
    RetryUse.Timing(
      limits: operation.value.layers[..<index].compactMap { $0.limit?.value },
      retry: operation.value.layers[index].retry?.value.settings ?? RetrySettings(attempts: 1, backoff: .none))
  }

  /// Replays the fastest failure, with the limits around the retry and without.
  private func measure(
    _ index: Int, _ operation: Definition<OperationDefinition>, _ document: PolicyDocument
  ) -> Measure {
    let layers = operation.value.layers
    let limits = layers[..<index].filter { $0.limit != nil }
    let bounded = Rehearsal(operation, limits + [layers[index]])
    let free = Rehearsal(operation, [layers[index]])
    let classes = layers[index].retry?.value.settings.handle.subtracting([.rejected, .cancelled]) ?? []
    let failure = ScriptedAttempt(.failure(Classification(classes, isSafeToRepeat: true)))
    let starts = free.begin(.shortestWaits).call { _ in failure }.attemptStarts
    let trace = bounded.begin(.shortestWaits).call { _ in failure }
    let isCutShort = trace.stopReason == RetryStop.deadline.rawValue
    let declared = layers[index].retry?.value.settings.attempts ?? 1
    return Measure(started: isCutShort ? trace.attempts : declared, starts: starts, isCutShort: isCutShort)
  }
}
