/// A bulkhead's answer to a call that wants to run.
package enum BulkheadEntry: Sendable {
  /// The body may run; ``Bulkhead/leave()`` when it has ended.
  case admitted
  /// The caller waits, at most until that instant if there is one. Granted: it is admitted. Given up: ``Bulkhead/withdraw(_:)``.
  case queued(Waiter, until: Instant?)
  /// No place, and no room to wait for one.
  case full(BulkheadUse)
}
