/// A call on the short way: as long as everything goes right it is four words in its caller's frame, which count no reference, ask for no
/// memory and take no lock.
///
/// It is begun with ``enter(_:)``, which lets it through all layers or stops at one. What ``enter(_:)`` gave is given back exactly
/// once: by ``leave(_:)``, when the body returned a good value and that is all there is to say, or by ``LeftShortWay``, which makes a ``Call`` that
/// stands where this one stands and goes on as every call does. So both ways decide the same.
@frozen public struct PassiveCall: Sendable {
  /// The plan's address, uncounted; 0 when the call did not begin.
  @usableFromInline let plan: UInt
  @usableFromInline let state: UInt64
  /// The words of the permits that breakers gave.
  let permits: (UInt64, UInt64)

  @usableFromInline static var runsBodyFlag: UInt64 { 1 }
  private static let parityFlag: UInt64 = 2
  static let limitedFlag: UInt64 = 4
  @usableFromInline static var stoppedFlag: UInt64 { 8 }
  private static let countShift: UInt64 = 8

  /// The state of a call that went so many steps.
  @inline(__always)
  static func state(steps: Int, _ flag: UInt64) -> UInt64 {
    UInt64(truncatingIfNeeded: steps) << countShift | flag
  }

  /// A call that did not begin: it takes the long way.
  public static var none: PassiveCall { PassiveCall(plan: 0, state: 0, permits: (0, 0)) }

  private init(plan: UInt, state: UInt64, permits: (UInt64, UInt64)) {
    self.plan = plan
    self.state = state
    self.permits = permits
  }

  /// Whether all layers let the call through, so that its body runs next.
  @inlinable public var runsBody: Bool { state & Self.runsBodyFlag != 0 }
  /// Whether a layer stopped the call.
  @inlinable public var isStopped: Bool { state & Self.stoppedFlag != 0 }
  /// Whether all layers let the call through, and its plan limits its body: it goes on as a ``BoundedCall``.
  var isLimited: Bool { state & Self.limitedFlag != 0 }
  /// Whether there is something to give back.
  var hasBegun: Bool { plan != 0 }

  /// The steps that let it through.
  var steps: Int { Int(truncatingIfNeeded: state >> Self.countShift) }
  var reference: UncountedReference<Plan>? { UncountedReference(address: plan) }

  var parity: Int { state & Self.parityFlag == 0 ? 0 : 1 }

  /// A call in that state.
  @inline(__always)
  init(_ plan: UncountedReference<Plan>, parity: Int, _ state: UInt64, permits: (UInt64, UInt64)) {
    self.plan = plan.address
    self.state = state | (parity == 0 ? 0 : Self.parityFlag)
    self.permits = permits
  }

  /// The same call, whose body runs next, as a ``BoundedCall`` sees to its limit.
  var unlimited: PassiveCall {
    guard isLimited else { return self }
    return PassiveCall(plan: plan, state: state & ~Self.limitedFlag | Self.runsBodyFlag, permits: permits)
  }

  @inline(__always)
  func permit(_ number: Int) -> UInt64 { number == 0 ? permits.0 : permits.1 }

  // MARK: The way in

  /// Begins a call under the plan that stands in `cell`, which stays readable until the call is given back. Not where a call around this one limits it:
  /// that is for a ``BoundedCall``.
  ///
  /// Calls no function after it has asked for that limit: what takes one is for the walk, from the step on that it is for. So none of its callers'
  /// registers has to be kept, which would be a fifth of the whole.
  @usableFromInline @inline(never)
  package static func enter(_ cell: SwapCell<Plan>) -> PassiveCall {
    if BoundDeadline.exists { return none }
    guard let seat = ThreadSeat.own else { return walk(cell) }
    let section = cell.enter(own: seat)
    guard let plan = section.value, plan.look({ $0.passive.exist }) else {
      return turnBack(cell, section.parity)
    }
    return plan.look { look in
      var permits: (UInt64, UInt64) = (0, 0)
      var number = 0
      while number < look.passive.count {
        switch enterAtOnce(look.passive.step(number), seat, &permits) {
        case .entered: number &+= 1
        case .stopped:
          return PassiveCall(plan, parity: section.parity, state(steps: number, stoppedFlag), permits: permits)
        case .takesMore: return walk(plan, parity: section.parity, from: number, permits)
        }
      }
      return PassiveCall(plan, parity: section.parity, look.passive.passedState, permits: permits)
    }
  }

  /// What came of a layer's step.
  private enum Entry {
    case entered
    case stopped
    /// Nothing is done yet: it takes a call of a function.
    case takesMore
  }

  @inline(__always)
  private static func enterAtOnce(_ step: PassiveStep, _ seat: ThreadSeat, _ permits: inout (UInt64, UInt64)) -> Entry {
    switch step.mechanism {
    case .breaker(let breaker, let number): enter(breaker, number, &permits) ? .entered : .stopped
    case .bulkhead(let bulkhead): bulkhead.look { $0.enterAtOnce(own: seat) } ? .entered : .takesMore
    case .rateLimit: .takesMore
    }
  }

  // MARK: The way out

  /// Ends a call whose body returned a good value, or says that there is more to do: then nothing has been given back yet.
  ///
  /// As ``enter(_:)`` it calls no function but as its last step.
  @usableFromInline @inline(never)
  package func leave(_ cell: SwapCell<Plan>) -> Bool {
    guard let seat = ThreadSeat.own, let plan = reference, plan.look({ !$0.passive.hasManyBulkheads }) else {
      return walkOut(cell)
    }
    guard plan.look({ areBreakersSteady(under: $0) }) else { return tellAndWalkOut(cell) }
    if let bulkhead = plan.look({ $0.passive.bulkhead }) {
      switch bulkhead.look({ $0.leaveAtOnce(own: seat) }) {
      case .left: break
      case .unsettled: return settle(bulkhead, cell)
      case .notLeft: return walkOutSteadily(cell)
      }
    }
    return cell.leave(parity: parity, own: seat) ? Self.collect(cell) : true
  }

  /// Whether the success changes nothing in any breaker.
  @inline(__always)
  func areBreakersSteady(under plan: Plan) -> Bool {
    var left = plan.passive.breakerCount
    var number = 0
    while left > 0 {
      if case .breaker(let breaker, let index) = plan.passive.step(number).mechanism {
        let permit = permit(index)
        guard breaker.look({ $0.ignoresSuccess(of: permit) }) else { return false }
        left &-= 1
      }
      number &+= 1
    }
    return true
  }
}
