import Glibc

/// The life of one command and all processes of its group, as a machine without a process: told what happened, it
/// answers what to do.
///
/// A command that ends by itself leaves its group alone: what it put into the background goes on. A command that is told
/// to end takes its whole group with it.
struct CommandGroup: Sendable {
  typealias Instant = ContinuousClock.Instant

  enum State: Hashable, Sendable {
    /// Can transition to: `ending`, `ended`.
    case running
    /// It was sent a signal that should end it. Can transition to: `lingering`, `killed`.
    case ending(killAt: Instant)
    /// It ended so, and others of its group may live on. Can transition to: `ended`.
    case lingering(CommandEnd, killAt: Instant)
    /// The grace was over. Can transition to: `ended`.
    case killed
    case ended
  }

  enum Event: Hashable, Sendable {
    /// Its call has no use for it any more.
    case cancelled
    /// The user wants it to end, and says how.
    case told(signal: Int32)
    case leaderEnded(CommandEnd)
    /// No process of the group is left.
    case emptied
    case timePassed
  }

  enum Action: Hashable, Sendable {
    case send(Int32)
    /// Tell whoever waits; the group is over.
    case report(CommandEnd)
  }

  private(set) var state = State.running
  let grace: Duration

  init(grace: Duration) { self.grace = grace }

  /// When ``Event/timePassed`` is wanted; `nil` when only a process can move the machine.
  var deadline: Instant? {
    switch state {
    case .ending(let killAt), .lingering(_, let killAt): killAt
    case .running, .killed, .ended: nil
    }
  }

  mutating func handle(_ event: Event, at now: Instant) -> [Action] {
    switch (state, event) {
    case (.running, .cancelled):
      return end(with: SIGTERM, at: now)
    case (.running, .told(let signal)):
      return end(with: signal, at: now)
    case (.running, .leaderEnded(let end)), (.killed, .leaderEnded(let end)):
      return finish(end)
    case (.ending, .told(let signal)), (.killed, .told(let signal)):
      return [.send(signal)]
    case (.ending(let killAt), .leaderEnded(let end)):
      state = .lingering(end, killAt: killAt)
      return []
    case (.ending(let killAt), .timePassed) where now >= killAt:
      state = .killed
      return [.send(SIGKILL)]
    case (.lingering(let end, _), .emptied):
      return finish(end)
    case (.lingering(let end, let killAt), .timePassed) where now >= killAt:
      return [.send(SIGKILL)] + finish(end)
    default:
      return []
    }
  }

  private mutating func end(with signal: Int32, at now: Instant) -> [Action] {
    state = .ending(killAt: now + grace)
    return [.send(signal)]
  }

  private mutating func finish(_ end: CommandEnd) -> [Action] {
    state = .ended
    return [.report(end)]
  }
}

extension CommandGroup {
  /// Its leader is gone and the others of the group are waited for.
  var isLingering: Bool {
    if case .lingering = state { true } else { false }
  }
}
