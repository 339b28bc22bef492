/// What the shell of a call does for the race of a hedge.
///
/// A leg is a call by itself, made with ``Call/init(_:)-(Leg)`` and run to its verdict like any other, its bodies, waits and
/// fallbacks included; its shell tells the call around it of each body that starts (``Call/legAttemptStarted(_:at:)``) and of
/// its verdict (``Call/legEnded(_:_:at:)``).
package enum HedgeStep: Sendable {
  /// Start the leg, and tell ``Call/legStarted(at:)`` before anything of the leg; or ``Call/hedgeCancelled(at:)`` when the caller
  /// is cancelled already.
  case start(Leg)
  /// Wait until a leg has something to tell, or until the instant, and tell ``Call/hedgeWaitEnded(at:)``; or
  /// ``Call/hedgeCancelled(at:)`` when the caller is cancelled.
  case wait(until: Instant?)
  /// The race is over: do what it says of the legs, and tell ``Call/hedgeSettled(at:)``.
  case settle(HedgeSettlement)
}

/// How the legs of a race are left.
package struct HedgeSettlement: Sendable {
  package enum Reason: Sendable {
    /// Another leg won.
    case lost
    /// A limit of the whole race came: a body that runs is ended by it.
    case limit
    /// The caller was cancelled.
    case cancelled
  }

  /// The leg whose value, or error, is the call's from now on; `nil` when no leg has the last word.
  package let answer: Int?
  /// Legs that have not ended. They are cancelled for the reason, and nobody waits for them.
  package let running: [Int]
  package let reason: Reason
  /// Places of bulkheads outside of the hedge, to be left when the last of the running legs has ended, and the last of the bodies
  /// that legs have left behind.
  package let places: [Bulkhead]
}

/// One leg of a race, before it is a call: what it takes over from the call around it.
package struct Leg: Sendable {
  /// 0 for the primary call.
  package let number: Int
  let plan: Plan
  let labels: [String: String]
  let inherited: InheritedLimit?
  let outermost: Int
  /// Of the layers outside of the hedge; the leg enters the others.
  let states: LayerStates
}

/// What a leg that has finished leaves behind.
package struct LegEnd: Sendable {
  let cause: Call.Cause
  /// Made only when an attempt failed, like that of a call.
  let history: [AttemptRecord]
  /// Whether a body of the leg may run on.
  let leavesBodies: Bool

  /// The end of a leg that was left before its call was entered.
  package static let notEntered = LegEnd(cause: .cancelled, history: [], leavesBodies: false)
}

extension Call {
  /// What this leg leaves behind, after ``Next/finished(_:)``.
  package var legEnd: LegEnd {
    LegEnd(cause: cause, history: history, leavesBodies: leavesBodies)
  }
}
