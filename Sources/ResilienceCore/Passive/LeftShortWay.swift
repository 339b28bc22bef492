/// A call that leaves the short way, or never was on it: where it stands, and how its body ended.
@usableFromInline package struct LeftShortWay {
  let call: PassiveCall
  /// The same call, if something bounds it.
  let bounded: BoundedCall?
  /// `nil`: the body did not run.
  let outcome: BodyOutcome?
  /// When the body ended, where that was measured.
  let end: TimedEnd?

  @usableFromInline @inline(never)
  package init(_ call: PassiveCall, _ bounded: BoundedCall?, _ outcome: BodyOutcome?, ended: Instant?) {
    self.init(call, bounded, outcome, ended.map { TimedEnd(fired: false, ended: $0) })
  }

  init(_ call: PassiveCall, _ bounded: BoundedCall?, _ outcome: BodyOutcome?, _ end: TimedEnd?) {
    self.call = bounded?.call ?? call
    self.bounded = bounded
    self.outcome = outcome
    self.end = end
  }

  /// When the layers were entered, if that was measured. One that a layer stopped has its limits from now on: no time went by before.
  private func started(under plan: Plan) -> Instant? {
    bounded?.started ?? (plan.passive.limits.isEmpty ? nil : plan.time.now)
  }

  /// The call, standing where this one stands; what this one holds is the call's from here on.
  private func call(under plan: Plan, _ labels: [String: String], failedValueThrows: Bool) -> Call {
    Call(
      resuming: call, under: plan, labels: labels, failedValueThrows: failedValueThrows, started: started(under: plan),
      inherited: CallDeadline.current)
  }

  /// Tells that call what has happened, and returns what it says next.
  private func tell(_ resumed: inout Call, _ callEnd: inout CallEnd, callerIsCancelled: Bool) -> Next {
    let plan = resumed.plan
    guard let outcome else { return resumed.resumeDescent(call, at: plan.time.now) }
    let end = end ?? TimedEnd(fired: false, ended: plan.time.now)
    return callEnd.take(outcome, end, of: plan, for: &resumed, callerIsCancelled: callerIsCancelled)
  }

  /// Goes on with the call on the long way, for asynchronous code.
  func goOn(
    under plan: Plan, _ labels: [String: String], _ report: CallReport?, failedValueThrows: Bool,
    attempt: () async -> BodyOutcome, place: (ValueErrand) -> Bool
  ) async throws {
    var end = CallEnd()
    var call = call(under: plan, labels, failedValueThrows: failedValueThrows)
    let next = tell(&call, &end, callerIsCancelled: Task.isCancelled)
    try await plan.recover(&call, from: next, end, report, attempt: attempt, place: place)
  }

  /// Goes on with the call on the long way, for code that does not suspend.
  func goOnBlocking(
    under plan: Plan, _ labels: [String: String], _ report: CallReport?, failedValueThrows: Bool,
    attempt: () -> BodyOutcome, place: (ValueErrand) -> Bool
  ) throws {
    var end = CallEnd()
    var call = call(under: plan, labels, failedValueThrows: failedValueThrows)
    let next = tell(&call, &end, callerIsCancelled: false)
    try plan.recoverBlocking(&call, from: next, end, report, attempt: attempt, place: place)
  }
}
