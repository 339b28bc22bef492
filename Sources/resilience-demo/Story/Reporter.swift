import Resilience
import Synchronization

/// Listens to the engine: shows what is interesting and remembers what the demo has to prove.
final class Reporter: Sendable {
  /// What the engine did about the new files it was given.
  struct Reloads: Sendable {
    var refused: [String] = []
    var applied: [String] = []
    /// What was first decided for payments under a new file.
    var firstDecision: ResilienceEvent.Kind?
  }

  private struct Memory {
    var reloads = Reloads()
    /// What was shown already, in short.
    var shown: Set<String> = []
  }

  private let timeline: Timeline
  private let breakers: BreakerHistory
  private let start: ContinuousClock.Instant
  private let memory = Mutex(Memory())

  init(timeline: Timeline, breakers: BreakerHistory, start: ContinuousClock.Instant) {
    self.timeline = timeline
    self.breakers = breakers
    self.start = start
  }

  var reloads: Reloads { memory.withLock { $0.reloads } }

  private var elapsed: Duration { ContinuousClock.now - start }

  /// The demo does something.
  func beginScene(_ text: String) { timeline.scene(text, at: elapsed) }

  /// The engine decided something.
  func take(_ event: ResilienceEvent) {
    let now = elapsed
    let isFirst = remember(event)
    if case .breaker(let change) = event.kind { breakers.note(event.name, change, at: now) }
    if isFirst, case .rejected(_, let comeBack?) = event.kind {
      let time = Seconds.show(comeBack)
      timeline.tell("breaker \(event.name) is still open: it remembers, next try in \(time) s", at: now, .green)
    }
    guard let line = EventLine(event), isNew(line, of: event) else { return }
    for text in line.texts { timeline.tell(text, at: now, line.colour) }
  }

  /// - Returns: Whether this is what was first decided for payments under a new file.
  private func remember(_ event: ResilienceEvent) -> Bool {
    memory.withLock { memory in
      switch event.kind {
      case .reloadRejected(let reason): memory.reloads.refused.append(reason)
      case .reloadApplied(let summary): memory.reloads.applied.append(summary)
      default:
        guard event.operation == DemoOperation.payments.rawValue, !memory.reloads.applied.isEmpty,
          memory.reloads.firstDecision == nil
        else { return false }
        memory.reloads.firstDecision = event.kind
        return true
      }
      return false
    }
  }

  /// Decisions that are made for call after call are shown once.
  private func isNew(_ line: EventLine, of event: ResilienceEvent) -> Bool {
    guard let kind = line.repeats else { return true }
    return memory.withLock { $0.shown.insert("\(kind) \(event.operation)").inserted }
  }
}
