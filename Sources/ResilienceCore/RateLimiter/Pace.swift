/// A rate and a burst, as the nanoseconds that the algorithm calculates with.
///
/// Interval and burst together stay below 146 years, so that no sum overflows: a longer burst is cut, never the interval between two
/// calls of a shorter one.
struct Pace: Hashable, Sendable {
  /// Between two calls at an even rate, at least 1.
  let interval: UInt64
  /// What a burst may be ahead: an interval for each of its calls but one.
  let tolerance: UInt64

  private static let limit: UInt64 = 1 << 62

  init(interval: UInt64, tolerance: UInt64) {
    self.interval = interval
    self.tolerance = tolerance
  }

  init(_ settings: RateLimiterSettings) {
    interval = min(max(settings.rate.interval, 1), Self.limit)
    let calls = min(UInt64(max(settings.burst, 1)), Self.limit / interval)
    tolerance = (calls - 1) * interval
  }

  /// A whole burst.
  var capacity: UInt64 { tolerance + interval }

  /// How far ahead the arrival time is at this pace with the slots that `ahead` left at the pace before: those, but no more than a
  /// burst of this pace. A debt of slots that were given in advance stays a debt of as many.
  func ahead(insteadOf ahead: UInt64, at before: Pace) -> UInt64 {
    if ahead > before.capacity {
      let debt = (ahead - before.capacity).scaled(by: interval, over: before.interval)
      return capacity.addingSaturated(debt)
    }
    let left = (before.capacity - ahead).scaled(by: interval, over: before.interval)
    return capacity - min(left, capacity)
  }
}
