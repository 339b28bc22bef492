@testable import ResilienceCore

/// After what time a breaker is closed, and stays so, when from now on calls keep coming and each one that is let through succeeds
/// at once. Calls that hang may hang for ever.
///
/// Trouble that was remembered before can open it once more, and not after ``settling``; then it takes one ``cycle``. The
/// generation that ends with each transition takes everything else with it.
struct RecoveryBound {
  let numbers: BreakerNumbers
  /// Nanoseconds from one call to the next.
  let pace: UInt64

  /// From this state, in nanoseconds.
  func bound(_ state: BreakerMachine.State) -> UInt64 {
    switch state {
    case .closed: settling + cycle(reopenings: 0)
    case .open(let opening): cycle(opening)
    case .halfOpen(_, let served): cycle(served)
    case .ramping(_, let served): ramp(served.lasts) + cycle(reopenings: served.reopenings + 1)
    // Only people bring it out of these.
    case .isolated, .forcedOpen, .disabled: 0
    }
  }

  /// Old failures are judged with the call that completes the minimum, and a running call becomes slow in its time.
  private var settling: UInt64 {
    max(UInt64(numbers.minimumCalls) * pace, (numbers.slowerThan ?? 0) + 1) + pace
  }

  /// Open until the first probe; hung probes keep their places for a lease; then the successes, each with a call; then the ramp.
  private func cycle(open: UInt64, lease: UInt64) -> UInt64 {
    open + lease + UInt64(numbers.successes + 1) * pace + ramp(open)
  }

  private func cycle(_ opening: BreakerMachine.Opening) -> UInt64 {
    cycle(open: opening.lasts, lease: numbers.lease(served: opening.lasts))
  }

  /// No jitter is the longest.
  private func cycle(reopenings: Int) -> UInt64 {
    let open = numbers.openTime(reopenings: reopenings, draw: 0)
    return cycle(open: open, lease: numbers.lease(served: open))
  }

  /// Each step ends with the first call after its time.
  private func ramp(_ step: UInt64) -> UInt64 { UInt64(numbers.ramp.count) * (step + pace) }
}
