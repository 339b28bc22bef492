/// One call on its way through a plan: told what happened, it answers what to do next.
///
/// The machine is synchronous: it reads no clock, waits for nothing and runs no body. A shell hands it instants and ends
/// and does what it answers, so the same decisions are made for `await`, for blocking code, for commands and for
/// simulations. A call goes down the layers to the body (``enter(at:)``), and up again with the body's end
/// (``attemptEnded(_:cancelledByLimit:at:)``); a retry or a fallback on the way up may send it down again.
///
/// Where a hedge stands in the plan, the call ends there and races legs instead: calls of their own, which do the layers inside
/// (see ``HedgeStep``).
///
/// It owns the permits of its breakers and the places in its bulkheads and gives each back exactly once: on the way up,
/// or, should a shell drop the call half-way, when the call is destroyed.
package struct Call: ~Copyable {
  /// Why the call stands where it stands.
  enum Cause {
    case success
    case fallbackServed
    case body(Classification)
    case injected(layer: Int, Classification)
    case rejection(layer: Int, RejectionReason, retryAfter: UInt64?)
    case timeout(layer: Int?)
    case fallbackFailed(layer: Int, of: Classification)
    case cancelled
  }

  /// What the shell was asked to do.
  enum Pending {
    case nothing
    case body
    case rateLimit(layer: Int, RateLimiter, Waiter)
    case queue(layer: Int, Waiter)
    case backoff(layer: Int)
    case fallback(layer: Int, step: Int)
    case race(HedgeRace)
    case chaos(layer: Int)
  }

  package let plan: Plan
  let labels: [String: String]
  /// The limit of the call around this one.
  let inherited: InheritedLimit?
  /// Whether a value that counts as a failure is an error for the caller, who has something better.
  let failedValueThrows: Bool

  /// The first layer that is this call's to enter; those outside of it belong to the call that it is a leg of.
  let outermost: Int
  /// Where the body stands, or the hedge whose legs do the rest.
  let innermost: Int
  /// Which leg of a hedge this is: 0 for a primary call, and for a call that is no leg.
  let legNumber: Int

  var states = LayerStates()
  /// Layers whose permit or place this call holds, a bit each.
  var held: UInt16 = 0
  /// Bulkheads whose place went to a body that was given up, a bit each.
  var surrendered: UInt16 = 0
  /// Whether a body or a leg that this call began may run on after it.
  var leavesBodies = false
  /// The bulkheads of held places that were chosen by a label.
  var keyedPlaces = LayerInstances<Bulkhead>()
  /// The breakers of held permits that were chosen by a label.
  var keyedBreakers = LayerInstances<CircuitBreaker>()
  /// The name of the keyed mechanism that turned the call away; `nil` when it has the name of its layer.
  var rejecter: String?
  var pending = Pending.nothing
  var cause = Cause.success
  /// Bodies started.
  package internal(set) var attempt = 0
  /// When the running, or last, body started; `nil` for a first body on the short way, whose start is not measured.
  package internal(set) var attemptStarted: Instant?
  /// Whether a body ran since the innermost layer was last entered.
  var bodyRan = false
  /// Made only when an attempt failed.
  package internal(set) var history: [AttemptRecord] = []

  /// - Parameter hedging: Whether the shell can run legs; otherwise hedges of the plan let calls through as they are.
  package init(
    _ plan: Plan, labels: [String: String] = [:], inherited: CallDeadline? = nil, failedValueThrows: Bool = false,
    hedging: Bool = false
  ) {
    self.plan = plan
    self.labels = labels
    self.inherited = inherited.map { InheritedLimit($0) }
    self.failedValueThrows = failedValueThrows
    outermost = 0
    innermost = hedging ? plan.hedge(from: 0) : plan.layers.count
    legNumber = 0
  }

  /// The call that one leg of a race makes.
  package init(_ leg: Leg) {
    plan = leg.plan
    labels = leg.labels
    inherited = leg.inherited
    failedValueThrows = false
    outermost = leg.outermost
    innermost = leg.plan.hedge(from: leg.outermost)
    legNumber = leg.number
    states = leg.states
  }

  /// Whether this is a leg of a hedge.
  var isLeg: Bool { outermost > 0 }

  deinit {
    if case .rateLimit(_, let limiter, let waiter) = pending { limiter.withdraw(waiter) }
    for index in plan.layers.indices where held & (1 << UInt16(index)) != 0 { abandon(layer: index) }
  }

  /// Starts the call.
  package mutating func enter(at now: Instant) -> Next { descend(from: outermost, at: now) }

  /// Goes on after ``Next/wait(until:)`` and ``Next/queue(_:until:)``.
  package mutating func waitEnded(_ end: WaitEnd, at now: Instant) -> Next {
    let pending = self.pending
    self.pending = .nothing
    switch pending {
    case .rateLimit(let layer, let limiter, let waiter):
      limiter.withdraw(waiter)
      return end == .cancelled ? cancel(above: layer, at: now) : descend(from: layer + 1, at: now)
    case .queue(let layer, let waiter):
      return queueEnded(end, layer: layer, waiter: waiter, at: now)
    case .backoff(let layer):
      return end == .cancelled ? cancel(above: layer, at: now) : tryAgain(layer: layer, at: now)
    case .chaos(let layer):
      return end == .cancelled ? cancel(above: layer, at: now) : delayEnded(layer: layer, at: now)
    case .nothing, .body, .fallback, .race:
      return finish()
    }
  }

  mutating func cancel(above layer: Int, at now: Instant) -> Next {
    cause = .cancelled
    return ascend(from: layer - 1, at: now)
  }

  private mutating func queueEnded(_ end: WaitEnd, layer: Int, waiter: Waiter, at now: Instant) -> Next {
    guard end != .granted else {
      hold(layer)
      return descend(from: layer + 1, at: now)
    }
    let bulkhead = bulkhead(of: layer)
    bulkhead?.withdraw(waiter)
    keyedPlaces[layer] = nil
    if end == .cancelled { return cancel(above: layer, at: now) }
    if let passed = limitPassed(at: now, outside: layer) {
      return timeOut(by: passed, at: now, ascendingFrom: layer - 1)
    }
    return reject(layer: layer, .bulkheadFull, retryAfter: nil, told: bulkhead?.use.event, at: now)
  }

  func isHeld(_ layer: Int) -> Bool { held & (1 << UInt16(layer)) != 0 }
  mutating func hold(_ layer: Int) { held |= 1 << UInt16(layer) }
  mutating func letGo(_ layer: Int) { held &= ~(1 << UInt16(layer)) }

  /// The bulkhead of a layer, for a call with this call's labels.
  func bulkhead(of layer: Int) -> Bulkhead? {
    guard case .bulkhead(let scoped) = plan.layers[layer].mechanism else { return nil }
    if case .shared(let bulkhead) = scoped { return bulkhead }
    return keyedPlaces[layer]
  }

  /// The breaker of a layer whose permit the call holds.
  func breaker(of layer: Int) -> CircuitBreaker? {
    guard case .breaker(let scoped) = plan.layers[layer].mechanism else { return nil }
    if case .shared(let breaker) = scoped { return breaker }
    return keyedBreakers[layer]
  }

  /// Gives back what a layer holds, without a verdict.
  private func abandon(layer: Int) {
    let state = states[layer]
    switch plan.layers[layer].mechanism {
    case .breaker:
      let started = Instant(nanoseconds: state.third)
      _ = breaker(of: layer)?.record(
        BreakerPermit(stored: (state.first, state.second)), .cancelled, started: started, ended: started)
    case .bulkhead: bulkhead(of: layer)?.leave()
    default: break
    }
  }
}
