/// A call on the short way whose body must end by an instant, which its plan or the call around it says.
///
/// As a ``PassiveCall``, and the clock is read: beside the layers, where no time goes by, and when the body has ended. Where it ended well and the limit
/// is far off by the coarse clock, nobody has to know more. All others are measured. Words only: it counts no reference either.
@usableFromInline package struct BoundedCall: Sendable {
  let call: PassiveCall
  let started: Instant
  /// By when the body must have ended, whoever says so.
  let told: Instant
  /// When the body is cancelled; the end of time when nobody does it, or the call around this one.
  let cancelAt: Instant
  /// Whether ``told`` is the call's own, so that the body is told of it.
  let tells: Bool
  let cancels: Bool
  /// Whether nothing more is to be done than to tell the body, and to look at the clock when it has ended.
  @usableFromInline package let onlyTells: Bool

  /// Goes on with a call whose plan limits its body; nothing around it does.
  static func goOn(_ call: PassiveCall) -> BoundedCall? {
    call.reference?.look { look in
      BoundedCall(call.unlimited, at: look.time.now, within: nil, look.passive.limits)
    }
  }

  /// Begins a call under the plan that stands in `cell`; `nil` when it is not for the short way, and then nothing is to be given back.
  static func enter(_ cell: SwapCell<Plan>) -> BoundedCall? {
    let section = cell.enter()
    guard let plan = section.value, let call = enter(plan, parity: section.parity) else {
      cell.leave(section)
      return nil
    }
    return call
  }

  @inline(__always)
  private static func enter(_ plan: UncountedReference<Plan>, parity: Int) -> BoundedCall? {
    plan.look { look in
      guard look.passive.exist else { return nil }
      let inherited = BoundDeadline.instant
      guard inherited != nil || !look.passive.limits.isEmpty else { return nil }
      let now = look.time.now
      if let inherited, inherited <= now { return nil }
      return BoundedCall(
        PassiveCall.walk(plan, parity: parity, from: 0, (0, 0)).unlimited, at: now, within: inherited,
        look.passive.limits
      )
    }
  }

  @inline(__always)
  private init(_ call: PassiveCall, at now: Instant, within inherited: Instant?, _ limits: borrowing PassiveLimits) {
    let around = inherited ?? .distantFuture
    let own = limits.told.map { now.advanced(by: $0) } ?? .distantFuture
    self.call = call
    started = now
    told = min(own, around)
    cancelAt = limits.cancel.map { now.advanced(by: $0) } ?? .distantFuture
    tells = own < around
    cancels = limits.cancel != nil
    onlyTells = call.runsBody && tells && cancelAt == .distantFuture
  }

  /// Whether the layers let the call through, so that its body runs next.
  var runsBody: Bool { call.runsBody }
  /// Whether a layer stopped the call.
  @usableFromInline package var isStopped: Bool { call.isStopped }

  /// The clock of the plan, which is readable until the call is given back.
  var time: TimeSource { call.reference?.look { $0.time } ?? .system }

  /// What the body is told.
  @usableFromInline @inline(never)
  package func deadline(cancels isCancellable: Bool) -> CallDeadline {
    CallDeadline(told, on: time, cancels: isCancellable && cancels)
  }

  /// The same as a word, where it is bound as one.
  @usableFromInline @inline(never)
  func bits(cancels isCancellable: Bool) -> UInt64? {
    call.reference?.look { BoundDeadline.bits(for: told, on: $0.time, cancels: isCancellable && cancels) }
  }

  /// Runs the body and tells it.
  @inlinable @inline(__always)
  package func tell<Value>(_ body: () async throws -> Value) async rethrows -> Value {
    guard let bits = bits(cancels: true) else { return try await deadline(cancels: true).bindOther(body) }
    return try await BoundDeadline.bind(bits, body)
  }

  /// As ``tell(_:)``, on this thread, where nothing cancels the body.
  @inlinable @inline(__always)
  package func tellBlocking<Value>(_ body: () throws -> Value) rethrows -> Value {
    guard let bits = bits(cancels: false) else { return try deadline(cancels: false).bindOtherBlocking(body) }
    return try BoundDeadline.bindBlocking(bits, body)
  }

  /// Ends a call whose body has just ended, or says when it did: then there is more to do, and nothing has been given back yet.
  @usableFromInline @inline(never)
  package func end(after outcome: BodyOutcome, _ cell: SwapCell<Plan>) -> Instant? {
    let end = measure(outcome)
    if case .good = outcome, leave(cell, after: end) { return nil }
    return end.ended ?? now()
  }

  /// When the body ended that has just ended: not measured where it ended well and certainly in time.
  func measure(_ outcome: BodyOutcome) -> TimedEnd {
    if case .good = outcome, isCertainlyInTime { return TimedEnd(fired: false, ended: nil) }
    return TimedEnd(fired: false, ended: now())
  }

  /// Ends a call whose body ended well, or says that there is more to do: then nothing has been given back yet.
  func leave(_ cell: SwapCell<Plan>, after end: TimedEnd) -> Bool {
    if let ended = end.ended, told < ended { return false }
    return call.leave(cell)
  }

  /// Whether a look at the coarse clock is enough to see that the limit lies ahead.
  @inline(__always)
  private var isCertainlyInTime: Bool { call.reference?.look { $0.time.coarseNow.isCertainlyBefore(told) } ?? false }

  private func now() -> Instant { call.reference?.look { $0.time.now } ?? .distantFuture }
}
