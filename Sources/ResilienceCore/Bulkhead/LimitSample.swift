/// What one call through an adaptive bulkhead tells of the callee.
package struct LimitSample: Hashable, Sendable {
  package enum End: Hashable, Sendable {
    /// The callee did its work: the time that it took is its latency.
    case answered
    /// The callee had too much to do: the attempt timed out, or was turned away with the word that there is too much.
    case dropped
  }

  package let end: End
  /// When the body started; queues and waits before it are not the callee's doing.
  package let started: Instant
  package let ended: Instant
  /// How many ran when it ended, itself included.
  package let inFlight: Int

  package init(_ end: End, started: Instant, ended: Instant, inFlight: Int) {
    self.end = end
    self.started = started
    self.ended = ended
    self.inFlight = inFlight
  }

  var latency: UInt64 { started.nanoseconds(to: ended) }
}

/// A limit that moved.
package struct LimitChange: Hashable, Sendable {
  package let from: Int
  package let to: Int
}
