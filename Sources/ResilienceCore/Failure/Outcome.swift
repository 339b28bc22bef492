/// How one attempt, or all inside a layer, ended, as mechanisms see it.
package enum Outcome: Hashable, Sendable {
  case success
  case failure(FailureClasses)
  /// A failure that no breaker sees: its class says so, or a layer inside rejected the call before the callee was asked.
  case ignored(FailureClasses)
  case cancelled
}
