/// What a breaker remembers of the calls of its current state, and whether that is a reason to open.
package struct BreakerMemory: Hashable, Sendable {
  private var window: BreakerWindow
  // Behind the window, in whose last word there is room.
  private var failuresInARow: UInt32 = 0

  package init(_ plan: BreakerNumbers.WindowPlan) { window = BreakerWindow(plan) }

  /// Failures in a row, up to 2³² − 1.
  package var run: Int { Int(failuresInARow) }

  /// Whether one more quick success would change nothing.
  package var isSteady: Bool { run == 0 && window.isSteady }

  package var counts: WindowCounts { window.counts }

  /// Whether neither a failure nor a slow call is remembered.
  package var isUnblemished: Bool { run == 0 && counts.failures == 0 && counts.slow == 0 }

  /// Notes a call that ended. One whose `record` is in the window already, as slow, is completed there if it is not too old.
  package mutating func note(failed: Bool, slow: Bool, record: UInt64?, at instant: Instant) {
    failuresInARow = failed ? max(failuresInARow, failuresInARow &+ 1) : 0
    guard let record else {
      window.record(failed: failed, slow: slow, at: instant)
      return
    }
    if failed { window.fail(record, at: instant) }
  }

  /// Notes a quick success when nothing but quick successes is remembered; `false`, and nothing is noted, otherwise.
  package mutating func noteAnotherSuccess(at instant: Instant) -> Bool {
    guard run == 0, window.counts.failures == 0, window.counts.slow == 0 else { return false }
    window.record(failed: false, slow: false, at: instant)
    return true
  }

  /// Notes quick successes that ended in the current bucket of time.
  mutating func noteSuccesses(_ number: Int) { window.addSuccesses(number) }

  /// When what is noted now goes into another bucket of time; `nil` when the window has none.
  var bucketEnd: Instant? { window.bucketEnd }

  /// Whether quick successes of the current bucket of time can be counted together, whenever that is: none of them reaches a criterion or
  /// ends a run.
  func countsTogether(_ numbers: BreakerNumbers) -> Bool {
    guard window.bucketEnd != nil, run == 0, !numbers.opensOnSuccesses, reached(numbers) == nil else { return false }
    return isUnblemished || counts.calls >= numbers.minimumCalls
  }

  /// Notes a slow call of which nothing else is known, yet or for ever, and says where its record is.
  @discardableResult
  package mutating func noteSlow(at instant: Instant) -> UInt64 {
    window.record(failed: false, slow: true, at: instant)
  }

  /// The first criterion that is reached, in the order of the settings.
  package func reached(_ numbers: BreakerNumbers) -> BreakerCause? {
    if let threshold = numbers.failures, run >= threshold { return .failures(inARow: run, threshold: threshold) }
    let counts = window.counts
    if counts.calls >= numbers.minimumCalls {
      if let rate = numbers.failureRate, rate.isReached(by: counts.failures, of: counts.calls) {
        return .failureRate(failures: counts.failures, calls: counts.calls, threshold: rate)
      }
      if let rate = numbers.slowRate, rate.isReached(by: counts.slow, of: counts.calls) {
        return .slowRate(slow: counts.slow, calls: counts.calls, threshold: rate)
      }
    }
    if let threshold = numbers.failuresInWindow, counts.failures >= threshold {
      return .failuresInWindow(failures: counts.failures, threshold: threshold)
    }
    return nil
  }

  /// Forgets the calls that are too old at `instant`.
  package mutating func advance(to instant: Instant) { window.advance(to: instant) }

  /// Puts another, empty window in the place of this one; the run stays.
  package mutating func replaceWindow(_ plan: BreakerNumbers.WindowPlan) { window = BreakerWindow(plan) }

  package mutating func empty() {
    failuresInARow = 0
    window.empty()
  }
}
