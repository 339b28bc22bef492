package import ResilienceCore

/// What the callee does in one attempt.
package struct ScriptedAttempt: Sendable {
  package enum End: Sendable {
    case success
    case failure(Classification)
    /// It never ends by itself; cancelled, it ends at once.
    case never
  }

  /// Nanoseconds from start to end.
  package let takes: UInt64
  package let end: End

  package init(_ end: End, takes: UInt64 = 0) {
    self.end = end
    self.takes = takes
  }
}
