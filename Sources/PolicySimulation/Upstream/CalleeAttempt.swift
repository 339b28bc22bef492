/// What the callee does in one attempt, left to itself.
package struct CalleeAttempt: Hashable, Sendable {
  package enum End: Hashable, Sendable {
    case success
    /// A failure of the class with this index in the run's table; the hint of the server in nanoseconds.
    case failure(classIndex: Int, retryAfter: UInt64?)
    /// It never ends by itself; cancelled, it ends at once.
    case never
  }

  /// Nanoseconds from start to end.
  package var takes: UInt64
  package var end: End

  package init(_ end: End, takes: UInt64 = 0) {
    self.end = end
    self.takes = takes
  }
}
