/// A call on the short way whose body must end by an instant, which its plan or the call around it says.
///
/// As a ``PassiveCall``, and the clock is read twice: before the layers, and when the body has ended. So its attempt is measured.
struct BoundedCall {
  let call: PassiveCall
  let started: Instant
  /// The limit of the call around this one.
  let inherited: CallDeadline?
  let time: TimeSource
  let limit: BodyLimit

  /// Begins a call under the plan that stands in `cell`; `nil` when it is not for the short way, and then nothing is to be given back.
  static func enter(_ cell: SwapCell<Plan>) -> BoundedCall? {
    let section = cell.enter()
    guard let plan = section.value, let call = enter(plan, parity: section.parity) else {
      cell.leave(section)
      return nil
    }
    return call
  }

  private static func enter(_ plan: UncountedReference<Plan>, parity: Int) -> BoundedCall? {
    plan.look { look in
      guard look.passive.exist else { return nil }
      let inherited = CallDeadline.isBound(look.deadlineKey) ? CallDeadline.current : nil
      // A plan that limits nothing is here by mistake: its call stood in front of a layer and is given another chance on the long way.
      guard inherited != nil || !look.passive.limits.isEmpty else { return nil }
      let now = look.time.now
      if let inherited, inherited.instant <= now { return nil }
      let limit = look.passive.limits.limit(from: now, within: inherited?.instant)
      return BoundedCall(
        call: PassiveCall.enter(plan, parity: parity), started: now, inherited: inherited, time: look.time, limit: limit
      )
    }
  }

  /// Whether the layers let the call through, so that its body runs next.
  var runsBody: Bool { call.runsBody }

  /// Ends a call whose body ended well, or says that there is more to do: then nothing has been given back yet.
  func leave(_ cell: SwapCell<Plan>, at ended: Instant) -> Bool {
    if let told = limit.told, told < ended { return false }
    return call.leave(cell)
  }
}
