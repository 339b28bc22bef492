/// How a body ended that had to end by an instant.
package struct TimedResult<Value> {
  package let result: Result<Value, any Error>
  /// Whether the timer cancelled the body. Never true when the caller was cancelled too: its own cancellation wins.
  package let fired: Bool
  /// Read once, right after the body's end.
  package let ended: Instant

  package init(result: Result<Value, any Error>, fired: Bool, ended: Instant) {
    self.result = result
    self.fired = fired
    self.ended = ended
  }
}

extension TimedResult: Sendable where Value: Sendable {}

/// When a body ended, and whether its timer was first.
package struct TimedEnd: Hashable, Sendable {
  /// Read once, right after the body's end; `nil` where that was not measured, since the body ended well and certainly in time. First, so that the
  /// other fits into its padding.
  package var ended: Instant?
  /// Whether the timer cancelled the body. Never true when the caller was cancelled too: its own cancellation wins.
  package var fired: Bool

  init(fired: Bool, ended: Instant?) {
    self.ended = ended
    self.fired = fired
  }
}
