/// A call on the short way: as long as everything goes right it is four words in its caller's frame, which count no reference, ask for no
/// memory and take no lock.
///
/// It is begun with ``enter(_:)``, which lets it through all layers or stops at one. What ``enter(_:)`` gave is given back exactly
/// once: by ``leave(_:)``, when the body returned a good value and that is all there is to say, or by ``LeftShortWay``, which makes a ``Call`` that
/// stands where this one stands and goes on as every call does. So both ways decide the same.
@frozen public struct PassiveCall: Sendable {
  /// The plan's address, uncounted; 0 when the call did not begin.
  private let plan: UInt
  @usableFromInline let state: UInt64
  /// The words of the permits that breakers gave.
  let permits: (UInt64, UInt64)

  @usableFromInline static var runsBodyFlag: UInt64 { 1 }
  private static let parityFlag: UInt64 = 2
  private static let countShift: UInt64 = 8

  /// A call that did not begin: it takes the long way.
  public static var none: PassiveCall { PassiveCall(plan: 0, state: 0, permits: (0, 0)) }

  private init(plan: UInt, state: UInt64, permits: (UInt64, UInt64)) {
    self.plan = plan
    self.state = state
    self.permits = permits
  }

  /// Whether all layers let the call through, so that its body runs next.
  @inlinable public var runsBody: Bool { state & Self.runsBodyFlag != 0 }
  /// Whether there is something to give back.
  public var hasBegun: Bool { plan != 0 }

  /// The steps that let it through.
  var steps: Int { Int(truncatingIfNeeded: state >> Self.countShift) }
  var reference: UncountedReference<Plan>? { UncountedReference(address: plan) }

  // MARK: The way in

  /// Begins a call under the plan that stands in `cell`, which stays readable until the call is given back.
  package static func enter(_ cell: SwapCell<Plan>) -> PassiveCall {
    let section = cell.enter()
    guard let plan = section.value, plan.look({ isPossible(under: $0) }) else {
      cell.leave(section)
      return none
    }
    return enter(plan, parity: section.parity)
  }

  /// Not where the plan, or a call around this one, limits it: that is for a ``BoundedCall``.
  @inline(__always)
  private static func isPossible(under plan: Plan) -> Bool {
    plan.passive.existUnlimited && !BoundDeadline.exists(plan.deadlineKey)
  }

  @inline(__always)
  static func enter(_ plan: UncountedReference<Plan>, parity: Int) -> PassiveCall {
    let state = parity == 0 ? 0 : parityFlag
    return plan.look { look in
      var permits: (UInt64, UInt64) = (0, 0)
      var number = 0
      while number < look.passive.count {
        guard enter(look.passive.step(number), look, &permits) else {
          return PassiveCall(plan: plan.address, state: state | UInt64(number) << countShift, permits: permits)
        }
        number &+= 1
      }
      return PassiveCall(
        plan: plan.address, state: state | UInt64(number) << countShift | runsBodyFlag, permits: permits)
    }
  }

  @inline(__always)
  private static func enter(_ step: PassiveStep, _ plan: Plan, _ permits: inout (UInt64, UInt64)) -> Bool {
    switch step.mechanism {
    case .breaker(let breaker, let number):
      let permit = breaker.look { $0.passivePermit }
      guard permit != CircuitBreaker.noPassivePermit else { return false }
      if number == 0 { permits.0 = permit } else { permits.1 = permit }
      return true
    case .bulkhead(let bulkhead): return bulkhead.look { $0.enterPassively() }
    case .rateLimit(let limiter):
      let now = plan.time.coarseNow
      return limiter.look { $0.admitsAtOnce(at: now) }
    }
  }

  // MARK: The way out

  /// Ends a call whose body returned a good value, or says that there is more to do: then nothing has been given back yet.
  package func leave(_ cell: SwapCell<Plan>) -> Bool {
    guard leaveSteps() else { return false }
    cell.leave(parity: parity)
    return true
  }

  /// Ends to read the plan that stands in `cell`, which the call has kept by now or needs no more.
  func endReading(_ cell: SwapCell<Plan>) { cell.leave(parity: parity) }

  private var parity: Int { state & Self.parityFlag == 0 ? 0 : 1 }

  @inline(__always)
  private func leaveSteps() -> Bool {
    guard let plan = reference else { return false }
    return plan.look { plan in
      guard areBreakersSteady(under: plan) || tellBreakers(of: plan) else { return false }
      if plan.passive.hasBulkheads { leaveBulkheads(of: plan) }
      return true
    }
  }

  /// Whether the success changes nothing in any breaker.
  @inline(__always)
  private func areBreakersSteady(under plan: Plan) -> Bool {
    var number = 0
    while number < steps {
      if case .breaker(let breaker, let index) = plan.passive.step(number).mechanism {
        let permit = permit(index)
        guard breaker.look({ $0.ignoresSuccess(of: permit) }) else { return false }
      }
      number &+= 1
    }
    return true
  }

  /// Whether the success changes one number in one breaker and nothing else; then that is counted.
  @inline(never)
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

  @inline(__always)
  private func leaveBulkheads(of plan: Plan) {
    var number = steps
    while number > 0 {
      number &-= 1
      if case .bulkhead(let bulkhead) = plan.passive.step(number).mechanism {
        bulkhead.look { if !$0.leavePassively() { $0.leave() } }
      }
    }
  }

  @inline(__always)
  func permit(_ number: Int) -> UInt64 { number == 0 ? permits.0 : permits.1 }
}
