public import ResilienceCore

/// How a ``SelfHealingStateMachine`` comes back.
public struct SelfHealingSettings: Hashable, Sendable {
  /// The attempts of a round and the waits between them. Only these numbers of a retry count: every error is tried again.
  public var retry: RetrySettings
  /// The wait between two rounds; `nil`: after the first one ``SelfHealingStateMachine/run()`` throws.
  public var pause: Duration?
  /// How many events wait while the state is made anew; more are refused.
  public var queue: Int

  public init(retry: RetrySettings = .selfHealing, pause: Duration? = .seconds(30), queue: Int = 1_000) {
    self.retry = retry
    self.pause = pause
    self.queue = queue
  }
}

extension RetrySettings {
  /// Seven attempts, the first at once; at most 100, 200, 400, 800, 1600 and 1600 ms before the others, with full jitter.
  public static let selfHealing = RetrySettings(
    attempts: 7, backoff: .exponential(initial: .milliseconds(100), factor: 2, max: .milliseconds(1_600)))
}
