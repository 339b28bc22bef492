import Synchronization

/// What the legs of one race have to tell the call that started them, and whether it still listens.
final class LegNews<Value: Sendable>: Sendable {
  enum Item: Sendable {
    case attemptStarted(leg: Int, at: Instant)
    case ended(leg: Int, LegEnd, LegResult<Value>, at: Instant)
  }

  private struct State {
    var items: [Item] = []
    var listener: Waiter?
    var running = 0
    /// Why the legs were left, once they were.
    var left: HedgeSettlement.Reason?
    /// Places that the legs owe when the last has ended.
    var places: [Bulkhead] = []
  }

  private let state = Mutex(State())
  /// The race that the call of this one is a leg of: its places are owed by these legs too.
  private let outer: LegNews?
  /// Which leg that is.
  private let outerLeg: Int

  init(within outer: LegNews?, asLeg outerLeg: Int) {
    self.outer = outer
    self.outerLeg = outerLeg
  }

  // MARK: Who still runs

  /// Counts a leg, or a body that a leg may leave behind.
  func begin() {
    outer?.begin()
    state.withLock { $0.running += 1 }
  }

  /// Counts its end, and leaves the places that are owed when it was the last.
  func end() {
    let places = state.withLock { state -> [Bulkhead] in
      state.running -= 1
      guard state.running == 0 else { return [] }
      defer { state.places = [] }
      return state.places
    }
    for place in places { place.leave() }
    outer?.end()
  }

  // MARK: The call's side

  /// Waits for the end of a leg or for the instant. Starts of bodies are kept, and wake nobody.
  func wait(until instant: Instant?, on time: TimeSource) async -> WaitEnd {
    let waiter = Waiter()
    let hasEnd = state.withLock { state in
      state.listener = waiter
      return state.items.contains { if case .ended = $0 { true } else { false } }
    }
    if hasEnd { return .granted }
    return await waiter.wait(until: instant, on: time)
  }

  func take() -> [Item] {
    state.withLock { state in
      state.listener = nil
      defer { state.items = [] }
      return state.items
    }
  }

  /// Stops listening. The places are left when the last leg has ended, which may be now.
  func leave(_ settlement: HedgeSettlement) {
    let places = state.withLock { state -> [Bulkhead] in
      state.left = settlement.reason
      state.items = []
      if state.running > 0 { state.places = settlement.places }
      return state.running > 0 ? [] : settlement.places
    }
    for place in places { place.leave() }
  }

  // MARK: The legs' side

  /// Whether the legs were left because a limit came.
  var isLeftByLimit: Bool { state.withLock { $0.left == .limit } }

  func attemptStarted(_ leg: Int, at now: Instant) {
    state.withLock { if $0.left == nil { $0.items.append(.attemptStarted(leg: leg, at: now)) } }
    outer?.attemptStarted(outerLeg, at: now)
  }

  /// What becomes of a body that ended after its leg was left.
  func overtaken(_ run: BodyRun) -> BodyRun {
    guard case .ended(_, let end) = run, let ended = end.ended, let left = state.withLock({ $0.left }) else {
      return run
    }
    return .tooLate(at: ended, byLimit: left == .limit)
  }

  func legEnded(_ leg: Int, _ legEnd: LegEnd, _ result: LegResult<Value>, at now: Instant) {
    end()
    let listener = state.withLock { state -> Waiter? in
      guard state.left == nil else { return nil }
      state.items.append(.ended(leg: leg, legEnd, result, at: now))
      return state.listener
    }
    _ = listener?.grant()
  }
}
