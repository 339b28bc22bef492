/// How a broken state is made anew: attempts, waits and rounds, as a pure machine.
package struct HealingMachine: Sendable {
  package enum Phase: Hashable, Sendable {
    /// Can go to: healing.
    case well
    /// The attempt runs. Can go to: well, waiting, over.
    case healing(attempt: Int, after: UInt64)
    /// Can go to: healing.
    case waiting(attempt: Int, after: UInt64, until: Instant)
    /// No attempt is left, and no round follows.
    case over
  }

  /// What follows a failed attempt.
  package enum Failure: Hashable, Sendable {
    case tryAgain
    /// The last attempt of a round failed; the next round begins later, or never.
    case exhausted
  }

  package private(set) var phase = Phase.well
  private let policy: RetryPolicy
  /// Nanoseconds between two rounds; `nil`: there is only one.
  private let pause: UInt64?

  package init(_ retry: RetrySettings, pause: Duration?) {
    policy = RetryPolicy(retry)
    self.pause = pause?.nanoseconds
  }

  /// When the next attempt begins; `nil` when none is to come.
  package var wake: Instant? {
    if case .waiting(_, _, let until) = phase { until } else { nil }
  }

  /// Begins with the first attempt, unless healing goes on already.
  package mutating func begin() {
    if phase == .well { phase = .healing(attempt: 1, after: 0) }
  }

  /// The attempt to make now; `nil` when there is none.
  package mutating func attempt(at now: Instant) -> Int? {
    switch phase {
    case .healing(let attempt, _): return attempt
    case .waiting(let attempt, let wait, let until) where now >= until:
      phase = .healing(attempt: attempt, after: wait)
      return attempt
    default: return nil
    }
  }

  package mutating func succeeded() { phase = .well }

  package mutating func failed(at now: Instant, chance: Chance) -> Failure {
    guard case .healing(let attempt, let previous) = phase else { return .tryAgain }
    if attempt < policy.attempts {
      let wait = policy.delay(beforeAttempt: attempt + 1, previous: previous, chance: chance)
      phase = .waiting(attempt: attempt + 1, after: wait, until: now.advanced(by: wait))
      return .tryAgain
    }
    phase = pause.map { .waiting(attempt: 1, after: 0, until: now.advanced(by: $0)) } ?? .over
    return .exhausted
  }
}
