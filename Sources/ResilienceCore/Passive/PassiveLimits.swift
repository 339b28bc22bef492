/// The limits that a plan sets to a body whose call goes through all layers at one instant: that is the instant and so much more.
struct PassiveLimits {
  /// Until the earliest of all, in nanoseconds; `nil` when the plan limits nothing.
  let told: UInt64?
  /// Until the body is cancelled; `nil` when all limits only observe.
  let cancel: UInt64?

  init(_ layers: [Layer]) {
    let limits = layers.compactMap(\.limit)
    told = limits.map(\.after).min()
    cancel = limits.filter { $0.mode != .observe }.map(\.after).min()
  }

  var isEmpty: Bool { told == nil }
}
