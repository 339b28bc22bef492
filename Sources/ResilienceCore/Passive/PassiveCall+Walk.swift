/// The short way with function calls: what a ``PassiveCall`` does that cannot do all it has to without one.
extension PassiveCall {
  // MARK: The way in

  /// As ``enter(_:)`` where no limit stands around the call, on any thread.
  @inline(never)
  static func walk(_ cell: SwapCell<Plan>) -> PassiveCall {
    let section = cell.enter()
    guard let plan = section.value, plan.look({ $0.passive.exist }) else {
      return turnBack(cell, section.parity)
    }
    return walk(plan, parity: section.parity, from: 0, (0, 0))
  }

  /// Ends to read a plan that has no steps for the call.
  @inline(never)
  static func turnBack(_ cell: SwapCell<Plan>, _ parity: Int) -> PassiveCall {
    cell.leave(parity: parity)
    return none
  }

  /// Enters the layers from the step with that number on.
  @inline(never)
  static func walk(
    _ plan: UncountedReference<Plan>, parity: Int, from first: Int, _ given: (UInt64, UInt64)
  ) -> PassiveCall {
    plan.look { look in
      var permits = given
      var number = first
      while number < look.passive.count {
        guard enter(look.passive.step(number), look, &permits) else {
          return PassiveCall(plan, parity: parity, state(steps: number, stoppedFlag), permits: permits)
        }
        number &+= 1
      }
      return PassiveCall(plan, parity: parity, look.passive.passedState, permits: permits)
    }
  }

  @inline(__always)
  private static func enter(_ step: PassiveStep, _ plan: Plan, _ permits: inout (UInt64, UInt64)) -> Bool {
    switch step.mechanism {
    case .breaker(let breaker, let number): return enter(breaker, number, &permits)
    case .bulkhead(let bulkhead): return bulkhead.look { $0.enterPassively() }
    case .rateLimit(let limiter):
      let now = plan.time.coarseNow
      return limiter.look { $0.admitsAtOnce(at: now) }
    }
  }

  /// Enters a breaker that is closed; `false` for every other.
  @inline(__always)
  static func enter(
    _ breaker: UncountedReference<CircuitBreaker>, _ number: Int, _ permits: inout (UInt64, UInt64)
  ) -> Bool {
    let permit = breaker.look { $0.passivePermit }
    guard permit != CircuitBreaker.noPassivePermit else { return false }
    if number == 0 { permits.0 = permit } else { permits.1 = permit }
    return true
  }

  // MARK: The way out

  /// As ``leave(_:)``, on any thread. All layers let the call through, so all their steps are there to be told.
  @inline(never)
  func walkOut(_ cell: SwapCell<Plan>) -> Bool {
    guard let plan = reference else { return false }
    return plan.look { areBreakersSteady(under: $0) } ? walkOutSteadily(cell) : tellAndWalkOut(cell)
  }

  /// As ``leave(_:)`` where a breaker is to be told of the success.
  @inline(never)
  func tellAndWalkOut(_ cell: SwapCell<Plan>) -> Bool {
    guard let plan = reference, plan.look({ tellBreakers(of: $0) }) else { return false }
    if let outermost = plan.look({ $0.passive.bulkhead }) { leaveBulkheads(of: plan, outermost) }
    cell.leave(parity: parity)
    return true
  }

  /// As ``leave(_:)`` where no breaker has to be told anything more.
  @inline(never)
  func walkOutSteadily(_ cell: SwapCell<Plan>) -> Bool {
    if let plan = reference, let outermost = plan.look({ $0.passive.bulkhead }) { leaveBulkheads(of: plan, outermost) }
    cell.leave(parity: parity)
    return true
  }

  /// The rest of ``leave(_:)`` where the place of a bulkhead, which was given back, is to be found by others.
  @inline(never)
  func settle(_ bulkhead: UncountedReference<Bulkhead>, _ cell: SwapCell<Plan>) -> Bool {
    bulkhead.look { $0.settle() }
    cell.leave(parity: parity)
    return true
  }

  /// The rest of ``leave(_:)`` where somebody waits for the call to have ended.
  @inline(never)
  static func collect(_ cell: SwapCell<Plan>) -> Bool {
    cell.collect()
    return true
  }

  /// Ends to read the plan that stands in `cell`, which the call has kept by now or needs no more.
  func endReading(_ cell: SwapCell<Plan>) { cell.leave(parity: parity) }

  /// Whether the success changes one number in one breaker and nothing else; then that is counted.
  private func tellBreakers(of plan: Plan) -> Bool {
    var counting: (breaker: UncountedReference<CircuitBreaker>, permit: UInt64)?
    for number in 0..<steps {
      guard case .breaker(let breaker, let index) = plan.passive.step(number).mechanism else { continue }
      let permit = permit(index)
      if breaker.look({ $0.ignoresSuccess(of: permit) }) { continue }
      guard counting == nil else { return false }
      counting = (breaker, permit)
    }
    guard let counting else { return true }
    let now = plan.time.coarseNow
    return counting.breaker.look { $0.countPassively(counting.permit, at: now) }
  }

  @inline(never)
  private func leaveBulkheads(of plan: UncountedReference<Plan>, _ outermost: UncountedReference<Bulkhead>) {
    plan.look { plan in
      guard plan.passive.hasManyBulkheads else { return leave(outermost) }
      for number in (0..<steps).reversed() {
        if case .bulkhead(let bulkhead) = plan.passive.step(number).mechanism { leave(bulkhead) }
      }
    }
  }

  @inline(__always)
  private func leave(_ bulkhead: UncountedReference<Bulkhead>) {
    bulkhead.look { if !$0.leavePassively() { $0.leave() } }
  }
}
