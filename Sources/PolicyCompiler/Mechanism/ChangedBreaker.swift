package import ResilienceCore

/// A breaker that a reload changed, and how.
package struct ChangedBreaker: Sendable {
  package let breaker: CircuitBreaker
  package let changes: BreakerChanges

  /// Nothing, or the one.
  static func some(_ breaker: CircuitBreaker, _ changes: BreakerChanges) -> [ChangedBreaker] {
    changes.isEmpty ? [] : [ChangedBreaker(breaker: breaker, changes: changes)]
  }

  /// Tells the observer. Not with a lock held.
  package func tell() { breaker.tell(changes) }
}
