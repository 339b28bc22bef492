/// Looking at a breaker.
extension BreakerMachine {
  package var name: BreakerStateName {
    switch state {
    case .closed: .closed
    case .open: .open
    case .halfOpen: .halfOpen
    case .ramping: .ramping
    case .isolated: .isolated
    case .forcedOpen: .forcedOpen
    case .disabled: .disabled
    }
  }

  /// Closed, and one more quick success would change nothing.
  package var isSteady: Bool {
    numbers.slowerThan == nil && memory.isSteady && name == .closed && memory.reached(numbers) == nil
  }

  var summary: BreakerSummary {
    let name = name
    let needsMachine =
      switch name {
      case .closed: numbers.slowerThan != nil
      case .open: numbers.isShadow
      case .halfOpen, .ramping: true
      case .isolated, .forcedOpen, .disabled: false
      }
    return BreakerSummary(name, generation: generation, isSteady: isSteady, needsMachine: needsMachine)
  }

  package var openUntil: Instant? {
    if case .open(let opening) = state { opening.until } else { nil }
  }

  /// Everything at one moment. Forgets what the window has to forget by then.
  package mutating func snapshot(at now: Instant) -> BreakerSnapshot {
    memory.advance(to: now)
    var snapshot = BreakerSnapshot(
      state: name, mode: numbers.settings.mode, generation: generation, run: memory.run, window: memory.counts,
      openUntil: openUntil, untilProbe: openUntil.map(now.duration(to:)), probes: 0, successes: 0)
    switch state {
    case .halfOpen(let places, _):
      snapshot.probes = places.count
      snapshot.successes = places.successes
    case .ramping(let step, _):
      snapshot.share = numbers.ramp.indices.contains(step.index) ? numbers.ramp[step.index] : .one
    default: break
    }
    return snapshot
  }

  /// How much would be lost with this breaker.
  package mutating func retention(at now: Instant) -> Retention {
    switch state {
    case .forcedOpen, .disabled: return .dispensable
    case .open, .halfOpen, .ramping: return .indispensable
    // Who holds this one holds whatever takes its place too; what a person did to it is known here only.
    case .isolated(let isolation): return isolation.isByHand ? .indispensable : .valued
    case .closed:
      memory.advance(to: now)
      return memory.isUnblemished && watched.read { $0.isEmpty } ?? true ? .dispensable : .valued
    }
  }
}
