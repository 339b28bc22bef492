/// So many in a period of time: `100/s`, `3/h`.
public struct Rate: Hashable, Sendable {
  /// How many, at least 1.
  public let count: Int
  /// In how long; longer than zero.
  public let period: Duration

  /// Makes a rate; a count below 1 is taken as 1 and a period that is not positive as one second.
  public init(_ count: Int, per period: Duration) {
    self.count = max(count, 1)
    self.period = period > .zero ? period : .seconds(1)
  }

  /// Nanoseconds between two at an even pace, rounded up so that the rate is never exceeded.
  package var interval: UInt64 {
    let nanoseconds = period.nanoseconds
    let count = UInt64(count)
    return nanoseconds / count + (nanoseconds % count == 0 ? 0 : 1)
  }
}
