/// What a breaker remembers of past calls: nothing, the last so many, or those of the last so much time.
///
/// One word and the sums beside it, because these are read after every call. Whichever window it is, is taken out for a change and put back,
/// so that it is changed in its place.
package struct BreakerWindow: Hashable, Sendable {
  private var words: WindowWords?
  package private(set) var counts = WindowCounts()

  package init(_ plan: BreakerNumbers.WindowPlan) {
    words =
      switch plan {
      case .none: nil
      case .calls(let capacity): CountWindow(capacity: capacity).words
      case .time(let width): TimeWindow(bucket: width).words
      }
  }

  /// Whether one more quick success would change nothing: nothing is remembered, or the window is full of them. A success in a
  /// time window always counts.
  package var isSteady: Bool {
    guard let head = words?.head else { return counts == WindowCounts() }
    return head.kind == .calls && counts == WindowCounts(calls: Int(head.size))
  }

  /// When what is recorded now goes into another bucket; `nil` when there are none.
  var bucketEnd: Instant? {
    guard let words, words.head.kind == .time else { return nil }
    return TimeWindow(words: words).bucketEnd
  }

  /// Adds a call and says where it is.
  @discardableResult
  package mutating func record(failed: Bool, slow: Bool, at instant: Instant) -> UInt64 {
    switch words?.head.kind {
    case nil: 0
    case .calls: changeCalls { $0.record(failed: failed, slow: slow, in: &$1) } ?? 0
    case .time: changeTime { $0.record(failed: failed, slow: slow, at: instant, in: &$1) } ?? 0
    }
  }

  /// Adds quick successes that ended in the current bucket of time.
  mutating func addSuccesses(_ number: Int) {
    if words?.head.kind == .time { changeTime { $0.addSuccesses(number, in: &$1) } }
  }

  /// Makes a failure of the call that is there, if it still is in the window.
  package mutating func fail(_ record: UInt64, at instant: Instant) {
    switch words?.head.kind {
    case nil: return
    case .calls: changeCalls { $0.fail(record, in: &$1) }
    case .time:
      changeTime {
        $0.advance(to: instant, in: &$1)
        $0.fail(record, in: &$1)
      }
    }
  }

  /// Forgets the calls that are too old at `instant`.
  package mutating func advance(to instant: Instant) {
    if words?.head.kind == .time { changeTime { $0.advance(to: instant, in: &$1) } }
  }

  package mutating func empty() {
    counts = WindowCounts()
    switch words?.head.kind {
    case nil: return
    case .calls: changeCalls { window, _ in window.empty() }
    case .time: changeTime { window, _ in window.empty() }
    }
  }

  // What is taken out has no name of its own in these two: nothing but the window holds it then, also in a build without optimisation.
  @discardableResult
  private mutating func changeCalls<Answer>(
    _ body: (inout CountWindow, inout WindowCounts) -> Answer
  ) -> Answer? {
    guard var window = words.take().map(CountWindow.init(words:)) else { return nil }
    defer { words = window.words }
    return body(&window, &counts)
  }

  @discardableResult
  private mutating func changeTime<Answer>(_ body: (inout TimeWindow, inout WindowCounts) -> Answer) -> Answer? {
    guard var window = words.take().map(TimeWindow.init(words:)) else { return nil }
    defer { words = window.words }
    return body(&window, &counts)
  }
}
