/// One recovery as a pure machine: whether its condition holds and how its attempts end go in, what to do comes out.
///
/// It is triggered by a level and armed by an edge: it starts as soon as the condition has held long enough and cooldown and
/// limit allow it, also when these end later; and not again before the condition has been seen not to hold.
package struct RecoveryMachine: Sendable {
  package enum State: Hashable, Sendable {
    /// Can go to: holding.
    case armed
    /// Can go to: armed, running.
    case holding(since: Instant)
    /// Can go to: waiting, spent, armed, holding.
    case running(Attempt)
    /// Between two attempts. Can go to: running; armed when the condition clears by itself.
    case waiting(Attempt, until: Instant)
    /// It ran, and the condition holds on. Can go to: armed.
    case spent
  }

  /// One attempt to recover.
  package struct Attempt: Hashable, Sendable {
    /// From 1.
    package var number = 1
    /// Since when the condition held.
    package var heldSince: Instant
    /// When the first attempt began.
    package var started: Instant
    /// The wait before this attempt, in nanoseconds.
    var wait: UInt64 = 0
    /// Whether the condition has been seen not to hold since the start, and since when it holds again.
    var hasCleared = false
    var holdsAgainSince: Instant?
  }

  package enum Action: Hashable, Sendable {
    /// Take the steps, and verify.
    case run(Attempt)
    case finish(Attempt, Ending)
  }

  /// How a recovery ended.
  package enum Ending: Hashable, Sendable {
    case recovered
    /// The condition cleared by itself before the next attempt.
    case cleared
    /// No attempt is left.
    case exhausted
  }

  package private(set) var settings: RecoverySettings
  package private(set) var state = State.armed
  private var policy: RetryPolicy?
  private var lastEnd: Instant?
  /// When it started, the latest last.
  private var starts: [Instant] = []

  package init(_ settings: RecoverySettings) {
    self.settings = settings
    policy = settings.retry.map { RetryPolicy($0) }
  }

  /// When there is something to do without being told anything; `nil`: never.
  package var wake: Instant? {
    switch state {
    case .holding(let since): start(heldSince: since)
    case .waiting(_, let until): until
    case .armed, .running, .spent: nil
    }
  }

  /// Takes what the condition is now, and does what the time asks for.
  package mutating func look(holds: Bool, at now: Instant) -> Action? {
    note(holds: holds, at: now)
    switch state {
    case .holding(let since) where now >= start(heldSince: since):
      let attempt = Attempt(heldSince: since, started: now)
      noteStart(at: now)
      state = .running(attempt)
      return .run(attempt)
    case .waiting(let attempt, _) where attempt.hasCleared:
      return finish(attempt, .cleared, at: now)
    case .waiting(var attempt, let until) where now >= until:
      attempt.number += 1
      state = .running(attempt)
      return .run(attempt)
    default:
      return nil
    }
  }

  /// Takes the end of the running attempt; `nil` when another one follows after a wait.
  package mutating func end(succeeded: Bool, at now: Instant, chance: Chance) -> Action? {
    guard case .running(var attempt) = state else { return nil }
    if succeeded { return finish(attempt, .recovered, at: now) }
    guard let policy, attempt.number < policy.attempts else { return finish(attempt, .exhausted, at: now) }
    attempt.wait = policy.delay(beforeAttempt: attempt.number + 1, previous: attempt.wait, chance: chance)
    state = .waiting(attempt, until: now.advanced(by: attempt.wait))
    return nil
  }

  /// Forgets an attempt that the program's end cut short: it did neither help nor fail.
  package mutating func interrupt(at now: Instant) {
    switch state {
    case .running(let attempt), .waiting(let attempt, _):
      lastEnd = now
      state = .holding(since: attempt.heldSince)
    case .armed, .holding, .spent: break
    }
  }

  /// Goes on under new numbers: what it did and when is kept, so that a new file never arms it again.
  package mutating func update(_ settings: RecoverySettings) {
    self.settings = settings
    policy = settings.retry.map { RetryPolicy($0) }
  }

  private mutating func note(holds: Bool, at now: Instant) {
    switch state {
    case .armed: if holds { state = .holding(since: now) }
    case .holding, .spent: if !holds { state = .armed }
    case .running(var attempt):
      attempt.note(holds: holds, at: now)
      state = .running(attempt)
    case .waiting(var attempt, let until):
      attempt.note(holds: holds, at: now)
      state = .waiting(attempt, until: until)
    }
  }

  private mutating func finish(_ attempt: Attempt, _ ending: Ending, at now: Instant) -> Action {
    lastEnd = now
    if !attempt.hasCleared {
      state = .spent
    } else if let since = attempt.holdsAgainSince {
      state = .holding(since: since)
    } else {
      state = .armed
    }
    return .finish(attempt, ending)
  }

  /// Remembers more starts than the limit asks for, so that one that a reload raises or stretches has something to go by.
  private mutating func noteStart(at now: Instant) {
    starts.append(now)
    if starts.count > max(settings.limit.count, 1_000) { starts.removeFirst() }
  }

  /// The earliest start for a condition that holds since then.
  private func start(heldSince since: Instant) -> Instant {
    let held = since.advanced(by: settings.hold.nanoseconds)
    let cooled = lastEnd?.advanced(by: settings.cooldown.nanoseconds) ?? held
    return max(held, cooled, firstFree)
  }

  /// When one more start is within the limit.
  private var firstFree: Instant {
    guard starts.count >= settings.limit.count else { return Instant(nanoseconds: 0) }
    return starts[starts.count - settings.limit.count].advanced(by: settings.limit.period.nanoseconds)
  }
}

extension RecoveryMachine.Attempt {
  fileprivate mutating func note(holds: Bool, at now: Instant) {
    if !holds {
      hasCleared = true
      holdsAgainSince = nil
    } else if hasCleared, holdsAgainSince == nil {
      holdsAgainSince = now
    }
  }
}
