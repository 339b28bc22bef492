/// Calls become slow while they run, and nobody comes to say so.
///
/// No timer is armed for them. Whoever asks the machine next, it first does what was due, one after the other, each at its own
/// instant: so nobody can tell it from a machine with a timer for each call.
extension BreakerMachine {
  /// When the next running call becomes slow, if it still runs then; `nil` when none can.
  package var nextMark: Instant? {
    guard let slowerThan = numbers.slowerThan, countsCalls else { return nil }
    return watched.read { $0.nextMark(slowerThan) } ?? nil
  }

  /// Puts the calls that became slow up to `now` into the window, and opens at the instant of the one that reached a criterion.
  ///
  /// Complexity: O(1), and for each call that became slow.
  package mutating func catchUp(through now: Instant, chance: Chance) -> BreakerChanges {
    while let mark = nextMark, mark <= now {
      let record = memory.noteSlow(at: mark)
      watched.change { $0.mark(record) }
      if let change = openIfReached(at: mark, chance: chance) { return BreakerChanges(dated(change, at: mark)) }
    }
    return BreakerChanges()
  }

  /// The same up to the instant before.
  mutating func catchUp(before now: Instant, chance: Chance) -> BreakerChanges {
    guard watched.isThere, now.nanoseconds > 0 else { return BreakerChanges() }
    return catchUp(through: Instant(nanoseconds: now.nanoseconds - 1), chance: chance)
  }

  /// Whether calls that run count in the window. Probes do not: a slow one decides nothing until it ends.
  private var countsCalls: Bool {
    switch state {
    case .closed, .ramping: true
    default: false
    }
  }
}
