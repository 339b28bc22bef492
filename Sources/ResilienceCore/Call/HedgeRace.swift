/// What a call remembers of a race. A class, so that calls that do not race carry one word of it, and most of the time not even that.
final class HedgeRace {
  var machine: HedgeMachine
  let started: Instant
  /// Nanoseconds from one start to the next.
  let delay: UInt64
  /// Bodies that the call had started before.
  let attemptsBefore: Int
  var result: HedgeMachine.Result?
  /// Legs in the order of their numbers.
  private(set) var legs: [LegProgress] = [LegProgress()]

  init(_ machine: HedgeMachine, started: Instant, delay: UInt64, attemptsBefore: Int) {
    self.machine = machine
    self.started = started
    self.delay = delay
    self.attemptsBefore = attemptsBefore
  }

  func noteStart() { legs.append(LegProgress()) }

  func noteBody(of leg: Int, at now: Instant) {
    guard legs.indices.contains(leg) else { return }
    legs[leg].bodyStarted = now
  }

  func noteEnd(_ end: LegEnd, of leg: Int, at now: Instant) {
    guard legs.indices.contains(leg) else { return }
    legs[leg].end = end
    legs[leg].ended = now
  }

  /// How a leg ended; `nil` while it runs.
  func end(of leg: Int) -> LegEnd? { legs.indices.contains(leg) ? legs[leg].end : nil }

  /// Whether a leg that has ended may have a body that runs on.
  var leavesBodies: Bool { legs.contains { $0.end?.leavesBodies ?? false } }

  /// The attempts of all legs by their starts, numbered after those before the race; `now`: when it ended. One that was running
  /// then was ended by the limit, or cancelled.
  func attempts(until now: Instant) -> [AttemptRecord] {
    var all = legs.enumerated().flatMap { number, leg in
      leg.attempts(until: now, left: result == .timedOut ? "timeout" : "cancelled").map { attempt in
        var attempt = attempt
        attempt.leg = legs.count > 1 ? number : nil
        return attempt
      }
    }
    all.sort { ($0.started ?? .distantFuture) < ($1.started ?? .distantFuture) }
    for index in all.indices { all[index].number = attemptsBefore + index + 1 }
    return all
  }
}

/// How far one leg has come.
struct LegProgress {
  /// When its last body started.
  var bodyStarted: Instant?
  var end: LegEnd?
  var ended: Instant?

  fileprivate func attempts(until now: Instant, left: String) -> [AttemptRecord] {
    if let end, !end.history.isEmpty { return end.history }
    guard let bodyStarted else { return [] }
    // A leg that ended without a history succeeded at once, or was cancelled.
    let classes = end.map { $0.isSuccess ? [] : ["cancelled"] } ?? [left]
    return [
      AttemptRecord(
        number: 1, started: bodyStarted, duration: bodyStarted.duration(to: ended ?? now), classes: classes)
    ]
  }
}

extension LegEnd {
  /// Whether the leg has a value for the caller.
  var isSuccess: Bool {
    switch cause {
    case .success, .fallbackServed: true
    default: false
    }
  }
}
