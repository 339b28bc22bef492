public import ResilienceCore

/// A health check, as a file describes it.
public struct HealthCheckDefinition: Hashable, Sendable {
  /// What is asked.
  public enum Probe: Hashable, Sendable {
    /// Something that accepts connections.
    case tcp(NetworkEndpoint)
    /// A server, and the statuses of its answer that are good.
    case http(HTTPAddress, expect: [ClosedRange<Int>])
    /// A program and its arguments.
    case exec([String])
    /// A health check that the program registers under this name.
    case handler(String)
    /// The state of a breaker, by name.
    case breaker(String)
  }

  /// What is asked.
  public var probe: Probe
  /// When, and what the answers mean.
  public var settings: HealthCheckSettings
  /// The breakers that let no call through while it is unhealthy, by name.
  public var gates: [String]
}

/// Something that a recovery does.
public struct RecoveryStep: Hashable, Sendable {
  /// What is done.
  public enum Action: Hashable, Sendable {
    /// A function that the program registers under this name.
    case handler(String)
    /// A program and its arguments.
    case exec([String])
    /// The body that the program registers for this operation, under the operation's policy.
    case operation(String)
  }

  /// What is done.
  public var action: Action
  /// How long it may take.
  public var timeout: Duration
  /// Where it stands.
  public var location: Location

  /// Equal steps do the same, wherever they stand.
  public static func == (left: RecoveryStep, right: RecoveryStep) -> Bool {
    left.action == right.action && left.timeout == right.timeout
  }

  /// Hashes what is done.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(action)
    hasher.combine(timeout)
  }
}

/// A recovery, as a file describes it.
public struct RecoveryDefinition: Hashable, Sendable {
  /// What makes it start.
  public var condition: RecoveryCondition
  /// What it does, in order.
  public var steps: [RecoveryStep]
  /// When it may start, and its attempts.
  public var settings: RecoverySettings
  /// The health check that has to be well afterwards, by name.
  public var verify: String?
  /// What is done when no attempt has helped.
  public var exhausted: RecoveryStep?
}
