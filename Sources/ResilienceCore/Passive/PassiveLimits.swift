/// The limits that a plan sets to a body whose call goes through all layers at one instant: that is the instant and so much more.
struct PassiveLimits {
  /// Until the earliest of all, in nanoseconds; `nil` when the plan limits nothing.
  let told: UInt64?
  /// Until the body is cancelled; `nil` when all limits only observe.
  let cancel: UInt64?

  init(_ layers: [Layer]) {
    var told: UInt64?
    var cancel: UInt64?
    for limit in layers.lazy.compactMap(\.limit) {
      told = min(told ?? limit.after, limit.after)
      if limit.mode != .observe { cancel = min(cancel ?? limit.after, limit.after) }
    }
    self.told = told
    self.cancel = cancel
  }

  var isEmpty: Bool { told == nil }
}
