internal import ResilienceCore

/// One call that has begun and not ended: its machine, and what it waits for.
struct CallRecord: ~Copyable {
  enum Stage {
    /// Between two answers of its machine.
    case deciding
    case body
    /// For an instant.
    case waiting
    /// For a place, or a slot, or an instant.
    case queued(Waiter)
    /// For the operation that stands in for it.
    case standIn
  }

  var call: Call
  /// From 1.
  let number: Int
  let began: UInt64
  /// Which of the world's graphs it began under.
  let graph: Int
  var stage = Stage.deciding
  var body = RunningBody()
  /// Whether the decisions that come now follow from an attempt that failed.
  var followsFailure = false
  /// The call that this one stands in for; `nil` for a call of its own.
  let standsInFor: UInt32?
  /// The call that stands in for this one.
  var standIn: UInt32?

  init(_ call: consuming Call, number: Int, began: UInt64, graph: Int, standsInFor: UInt32? = nil) {
    self.call = call
    self.number = number
    self.began = began
    self.graph = graph
    self.standsInFor = standsInFor
  }
}

/// A body that runs: when it ends by itself and how, and when a limit ends it.
struct RunningBody {
  var endsAt = UInt64.max
  var end = CalleeAttempt.End.never
  var limitAt = UInt64.max
  var isAbandoned = false
  /// The earliest limit, those that only observe included.
  var toldAt = UInt64.max
}
