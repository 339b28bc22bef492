/// What makes a recovery start.
public struct RecoveryCondition: Hashable, Sendable {
  /// What is looked at. More kinds are added over time: a `switch` needs a default.
  @nonexhaustive
  public enum Subject: Hashable, Sendable {
    /// The health check of a name.
    case healthCheck(String)
    /// The breaker of a name.
    case breaker(String)
    /// All health checks together.
    case overall
  }

  /// How it has to be. More states are added over time: a `switch` needs a default.
  @nonexhaustive
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Degraded, or unhealthy.
    case degraded
    case unhealthy
    /// A breaker that opened and has not closed since: an open one, and one that lets probes through. One that a person
    /// isolated is in that person's hands and does not count.
    case open
  }

  public var subject: Subject
  public var state: State
  /// For how long without a break.
  public var duration: Duration

  public init(_ subject: Subject, is state: State, for duration: Duration = .zero) {
    self.subject = subject
    self.state = state
    self.duration = duration
  }
}
