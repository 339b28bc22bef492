/// What a policy file, or code, can say of a rate limiter.
public struct RateLimiterSettings: Hashable, Sendable {
  public var rate: Rate
  /// How many are admitted at once after a quiet time; at least 1.
  public var burst: Int
  /// How long a caller waits at most for its slot; `nil`: not at all.
  public var wait: Duration?

  public init(rate: Rate, burst: Int = 1, wait: Duration? = nil) {
    self.rate = rate
    self.burst = burst
    self.wait = wait
  }
}
