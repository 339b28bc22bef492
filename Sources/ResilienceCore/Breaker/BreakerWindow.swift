/// What a breaker remembers of past calls: nothing, the last so many, or those of the last so much time.
///
/// Two optionals rather than an enum with payloads, because these are changed in place and never copied; and the sums beside them,
/// because these are read after every call.
package struct BreakerWindow: Hashable, Sendable {
  package private(set) var counts = WindowCounts()
  private var calls: CountWindow?
  private var time: TimeWindow?

  package init(_ plan: BreakerNumbers.WindowPlan) {
    switch plan {
    case .none: break
    case .calls(let capacity): calls = CountWindow(capacity: capacity)
    case .time(let width): time = TimeWindow(bucket: width)
    }
  }

  /// Whether one more quick success would change nothing: nothing is remembered, or the window is full of them. A success in a
  /// time window always counts.
  package var isSteady: Bool { time == nil && counts == WindowCounts(calls: calls?.capacity ?? 0) }

  /// Adds a call and says where it is.
  @discardableResult
  package mutating func record(failed: Bool, slow: Bool, at instant: Instant) -> UInt64 {
    calls?.record(failed: failed, slow: slow, in: &counts)
      ?? time?.record(failed: failed, slow: slow, at: instant, in: &counts) ?? 0
  }

  /// Makes a failure of the call that is there, if it still is in the window.
  package mutating func fail(_ record: UInt64, at instant: Instant) {
    calls?.fail(record, in: &counts)
    time?.advance(to: instant, in: &counts)
    time?.fail(record, in: &counts)
  }

  /// Forgets the calls that are too old at `instant`.
  package mutating func advance(to instant: Instant) {
    time?.advance(to: instant, in: &counts)
  }

  package mutating func empty() {
    counts = WindowCounts()
    calls?.empty()
    time?.empty()
  }
}
