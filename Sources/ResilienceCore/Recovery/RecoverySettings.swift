/// When a recovery may start, and how often.
public struct RecoverySettings: Hashable, Sendable {
  /// How long the condition has to hold.
  public var hold: Duration
  /// The shortest time from the end of one to the beginning of the next.
  public var cooldown: Duration
  /// The most that start in a time.
  public var limit: Rate
  /// How many attempts one has, and the waits between them; `nil`: a single attempt. Only these numbers of a retry count:
  /// every failure of a step or of the verification is tried again.
  public var retry: RetrySettings?

  public init(hold: Duration = .zero, cooldown: Duration, limit: Rate, retry: RetrySettings? = nil) {
    self.hold = hold
    self.cooldown = cooldown
    self.limit = limit
    self.retry = retry
  }
}
