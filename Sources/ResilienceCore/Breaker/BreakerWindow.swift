/// What a breaker remembers of past calls: nothing, the last so many, or those of the last so much time.
///
/// Two optionals rather than an enum with payloads, because these are changed in place and never copied.
package struct BreakerWindow: Hashable, Sendable {
  private var calls: CountWindow?
  private var time: TimeWindow?

  package init(_ plan: BreakerNumbers.WindowPlan) {
    switch plan {
    case .none: break
    case .calls(let capacity): calls = CountWindow(capacity: capacity)
    case .time(let width): time = TimeWindow(bucket: width)
    }
  }

  /// Whether one more quick success would change nothing.
  package var isSteady: Bool { time == nil && calls?.isSteady ?? true }

  package var counts: WindowCounts { calls?.counts ?? time?.counts ?? WindowCounts() }

  /// Adds a call and says where it is.
  @discardableResult
  package mutating func record(failed: Bool, slow: Bool, at instant: Instant) -> UInt64 {
    calls?.record(failed: failed, slow: slow) ?? time?.record(failed: failed, slow: slow, at: instant) ?? 0
  }

  /// Makes a failure of the call that is there, if it still is in the window.
  package mutating func fail(_ record: UInt64, at instant: Instant) {
    calls?.fail(record)
    time?.advance(to: instant)
    time?.fail(record)
  }

  /// Forgets the calls that are too old at `instant`.
  package mutating func advance(to instant: Instant) {
    time?.advance(to: instant)
  }

  package mutating func empty() {
    calls?.empty()
    time?.empty()
  }
}
