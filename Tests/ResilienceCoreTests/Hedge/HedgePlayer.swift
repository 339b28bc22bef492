import ResilienceCore

/// Plays one call with its legs by hand: the call machines alone, driven by events on a list, as a simulation drives them.
///
/// Milliseconds from the start. At one instant the caller's cancellation is first, then ends of bodies, then timers.
struct HedgePlayer {
  var plan: Plan
  var start: UInt64 = 0
  /// When the caller is cancelled.
  var cancelledAt: UInt64?

  /// - Parameter script: What the next body of a leg does.
  @discardableResult
  func play(_ script: @escaping (Int) -> Played) -> HedgeStage.Ending {
    HedgeStage(self, script).run()
  }
}

/// The events of one played call, and every machine that takes part in it.
final class HedgeStage {
  struct Ending {
    var verdict: Verdict?
    /// When the caller had its answer.
    var at: UInt64 = 0
    /// When each body started.
    var starts: [UInt64] = []
    /// Bodies started after the caller had its answer.
    var startsAfterEnd = 0
    /// When everything had ended.
    var settledAt: UInt64 = 0
    var history: [AttemptRecord] = []
  }

  private struct Event {
    let at: UInt64
    let rank: Int
    let number: Int
    let actor: Actor
    let what: What
  }

  private enum What {
    case cancel
    case bodyEnds(Played)
    case limitEndsBody(abandoned: Bool)
    case timer
  }

  /// A call, or a leg.
  private final class Actor {
    enum State {
      case idle, body, wait
      case queue(Waiter)
      case race
    }
    var call: Call
    let parent: Actor?
    let leg: Int
    var state = State.idle
    /// Events of an earlier turn are out of date.
    var turn = 0
    var left: HedgeSettlement.Reason?
    var legs: [Int: Actor] = [:]
    var owed: Debt?

    init(_ call: consuming Call, parent: Actor? = nil, leg: Int = 0) {
      self.call = call
      self.parent = parent
      self.leg = leg
    }
  }

  /// Places that go home with the last of some legs.
  private final class Debt {
    var legs: Int
    let places: [Bulkhead]
    init(_ legs: Int, _ places: [Bulkhead]) {
      self.legs = legs
      self.places = places
    }
  }

  private let script: (Int) -> Played
  private let root: Actor
  private var events: [Event] = []
  private var turns: [Int] = []
  private var queued: [Actor] = []
  private var now: UInt64
  private var ending = Ending()
  private let cancelledAt: UInt64?

  init(_ player: HedgePlayer, _ script: @escaping (Int) -> Played) {
    self.script = script
    now = player.start
    cancelledAt = player.cancelledAt
    root = Actor(Call(player.plan, hedging: true))
  }

  func run() -> Ending {
    if let cancelledAt { add(cancelledAt, 0, root, .cancel) }
    go(root, root.call.enter(at: instant))
    while let index = earliest() {
      let event = events.remove(at: index)
      let turn = turns.remove(at: index)
      guard turn == event.actor.turn || event.rank == 0 && ending.verdict == nil else { continue }
      now = max(now, event.at)
      perform(event)
      grantQueued()
    }
    ending.settledAt = now
    return ending
  }

  private var instant: Instant { .milliseconds(now) }

  private func add(_ at: UInt64, _ rank: Int, _ actor: Actor, _ what: What) {
    events.append(Event(at: at, rank: rank, number: turns.count + ending.starts.count, actor: actor, what: what))
    turns.append(actor.turn)
  }

  private func earliest() -> Int? {
    events.indices.min { (events[$0].at, events[$0].rank, $0) < (events[$1].at, events[$1].rank, $1) }
  }

  private func perform(_ event: Event) {
    let actor = event.actor
    switch event.what {
    case .cancel: if ending.verdict == nil { cancel(actor, nil) }
    case .bodyEnds(let played): bodyEnds(actor, played)
    case .limitEndsBody(let abandoned):
      if abandoned {
        let (next, places) = actor.call.bodyAbandoned(cancelled: false, at: instant)
        for place in places { place.leave() }
        return go(actor, next)
      }
      go(actor, actor.call.attemptEnded(.cancelled, cancelledByLimit: true, at: instant))
    case .timer:
      switch actor.state {
      case .wait: go(actor, actor.call.waitEnded(.granted, at: instant))
      case .queue(let waiter): go(actor, actor.call.waitEnded(waiter.giveUp() ? .expired : .granted, at: instant))
      case .race: go(actor, actor.call.hedgeWaitEnded(at: instant))
      case .idle, .body: break
      }
    }
  }

  private func bodyEnds(_ actor: Actor, _ played: Played) {
    if let left = actor.left {
      return go(actor, actor.call.attemptEnded(.cancelled, cancelledByLimit: left == .limit, at: instant))
    }
    switch played.end {
    case .succeeds: go(actor, actor.call.attemptEnded(.success, at: instant))
    case .fails(let classification): go(actor, actor.call.attemptEnded(.failure(classification), at: instant))
    case .throwsCancellation: go(actor, actor.call.attemptEnded(.cancelled, at: instant))
    }
  }

  /// What a cancelled task does: its body ends at once unless it does not listen, and its waits end.
  private func cancel(_ actor: Actor, _ reason: HedgeSettlement.Reason?) {
    actor.left = reason
    switch actor.state {
    case .idle: break
    case .body:
      let end = events.indices.first { events[$0].actor === actor && turns[$0] == actor.turn && events[$0].rank == 1 }
      if let end, case .bodyEnds(let played) = events[end].what, played.ignoresCancellation { return }
      go(actor, actor.call.attemptEnded(.cancelled, cancelledByLimit: reason == .limit, at: instant))
    case .wait: go(actor, actor.call.waitEnded(.cancelled, at: instant))
    case .queue(let waiter): go(actor, actor.call.waitEnded(waiter.giveUp() ? .cancelled : .granted, at: instant))
    case .race: go(actor, actor.call.hedgeCancelled(byLimit: reason == .limit, at: instant))
    }
  }

  private func grantQueued() {
    while let index = queued.firstIndex(where: { actor in
      if case .queue(let waiter) = actor.state { waiter.end == .granted } else { true }
    }) {
      let actor = queued.remove(at: index)
      if case .queue(let waiter) = actor.state, waiter.end == .granted {
        go(actor, actor.call.waitEnded(.granted, at: instant))
      }
    }
  }

  private func go(_ actor: Actor, _ next: Next) {
    actor.turn += 1
    actor.state = .idle
    switch next {
    case .attempt: startBody(actor)
    case .wait(let until):
      if actor.left != nil { return go(actor, actor.call.waitEnded(.cancelled, at: instant)) }
      actor.state = .wait
      add(until.milliseconds, 2, actor, .timer)
    case .queue(let waiter, let until):
      actor.state = .queue(waiter)
      queued.append(actor)
      if let until { add(until.milliseconds, 2, actor, .timer) }
    case .hedge(.start(let leg)):
      if actor.left != nil { return go(actor, actor.call.hedgeCancelled(byLimit: actor.left == .limit, at: instant)) }
      actor.state = .race
      let child = Actor(Call(leg), parent: actor, leg: leg.number)
      actor.legs[leg.number] = child
      let next = actor.call.legStarted(at: instant)
      go(actor, next)
      if child.left == nil { go(child, child.call.enter(at: instant)) } else { finished(child) }
    case .hedge(.wait(let until)):
      actor.state = .race
      if let until { add(until.milliseconds, 2, actor, .timer) }
    case .hedge(.settle(let settlement)): settle(actor, settlement)
    case .inject: go(actor, actor.call.valueInjected(true, at: instant))
    case .fallback: go(actor, actor.call.fallbackEnded(.served(age: nil), at: instant))
    case .finished(let verdict):
      if actor === root {
        ending.verdict = verdict
        ending.at = now
        ending.history = actor.call.history
      }
      finished(actor)
    }
  }

  private func startBody(_ actor: Actor) {
    if actor.left != nil { return go(actor, actor.call.attemptEnded(.cancelled, at: instant)) }
    ending.starts.append(now)
    if ending.verdict != nil { ending.startsAfterEnd += 1 }
    actor.parent?.call.legAttemptStarted(actor.leg, at: instant)
    actor.state = .body
    let played = script(actor.leg)
    let end = now + played.takes
    let limit = actor.call.bodyLimit
    if let cancellation = limit.cancellation.map({ $0.milliseconds }), cancellation < end,
      !played.ignoresCancellation
    {
      return add(cancellation, 2, actor, .limitEndsBody(abandoned: limit.abandonAt == limit.cancellation))
    }
    add(end, 1, actor, .bodyEnds(played))
  }

  private func settle(_ actor: Actor, _ settlement: HedgeSettlement) {
    let legs = actor.legs
    actor.legs = [:]
    let debt = Debt(settlement.running.count, settlement.places)
    for number in settlement.running { legs[number]?.owed = debt }
    if settlement.running.isEmpty { for place in settlement.places { place.leave() } }
    let next = actor.call.hedgeSettled(at: instant)
    for number in settlement.running { if let leg = legs[number] { cancel(leg, settlement.reason) } }
    go(actor, next)
  }

  private func finished(_ actor: Actor) {
    if let debt = actor.owed {
      debt.legs -= 1
      if debt.legs == 0 { for place in debt.places { place.leave() } }
    } else if let parent = actor.parent, actor.left == nil {
      go(parent, parent.call.legEnded(actor.leg, actor.call.legEnd, at: instant))
    }
  }
}

extension Instant {
  /// The first whole millisecond that is not before it.
  fileprivate var milliseconds: UInt64 { (nanoseconds + 999_999) / 1_000_000 }
}
