/// What a policy file, or code, can say of a retry.
public struct RetrySettings: Hashable, Sendable {
  /// How the wait before the next try grows.
  public enum Backoff: Hashable, Sendable {
    case none
    case constant(Duration)
    /// `initial · factor^(k−1)` before attempt k+1, never above `max`.
    case exponential(initial: Duration, factor: Double, max: Duration)
    /// `initial + step · (k−1)` before attempt k+1, never above `max`.
    case linear(initial: Duration, step: Duration, max: Duration)
  }

  /// How chance spreads the wait. Every kind draws below the capped wait, so that callers at the cap stay spread.
  public enum Jitter: Hashable, Sendable {
    case none
    /// Between zero and the wait.
    case full
    /// Between half the wait and the wait.
    case equal
    /// Between the first wait and three times the wait before, never above the cap.
    case decorrelated
    /// The wait less at most this share of it.
    case share(Ratio)
  }

  /// Total tries, the first included.
  public var attempts: Int
  public var backoff: Backoff
  public var jitter: Jitter
  /// The failures that are tried again; `rejected` and `cancelled` never are.
  public var handle: FailureClasses
  /// The longest server hint that is obeyed; `nil` ignores hints.
  public var retryAfter: Duration?

  public init(
    attempts: Int, backoff: Backoff, jitter: Jitter = .full, handle: FailureClasses = .all,
    retryAfter: Duration? = .seconds(30)
  ) {
    self.attempts = attempts
    self.backoff = backoff
    self.jitter = jitter
    self.handle = handle
    self.retryAfter = retryAfter
  }

  /// 3 attempts, 100 ms doubling up to 10 s, full jitter.
  public static let standard = RetrySettings(
    attempts: 3, backoff: .exponential(initial: .milliseconds(100), factor: 2, max: .seconds(10)))
}
