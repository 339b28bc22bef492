/// What a policy file, or code, can say of a hedge: when another call starts beside one that is slow.
public struct HedgeSettings: Hashable, Sendable {
  /// How long the calls that run are given before the next one starts.
  public enum Delay: Hashable, Sendable {
    case fixed(Duration)
    /// As long as most calls take, by what was measured.
    case measured(MeasuredDelay)
  }

  /// The most extra calls that one call can start.
  package static let maximumExtra = 10

  public var after: Delay
  /// Extra calls at most, one every ``after``; more than 10 are taken as 10, less than 1 as 1.
  public var extra: Int

  public init(after: Delay, extra: Int = 1) {
    self.after = after
    self.extra = extra
  }

  public init(after: Duration, extra: Int = 1) { self.init(after: .fixed(after), extra: extra) }
}

/// A delay that follows a quantile of the times that calls take.
public struct MeasuredDelay: Hashable, Sendable {
  /// The share of calls that are given the time to end by themselves: 95 % is the 95th percentile.
  public var quantile: Ratio
  /// The delay is never shorter, whatever was measured.
  public var min: Duration
  /// The delay is never longer; below ``min``, it is taken as that.
  public var max: Duration
  /// The delay until enough is measured.
  public var cold: Duration

  public init(quantile: Ratio, min: Duration, max: Duration, cold: Duration) {
    self.quantile = quantile
    self.min = min
    self.max = max
    self.cold = cold
  }
}
