/// The facts that a handler of a recovery is given.
public struct RecoveryContext: Sendable {
  /// The recovery's name.
  public let recovery: String
  /// What made it start.
  public let condition: RecoveryCondition
  /// For how long the condition had held when this attempt began.
  public let heldFor: Duration
  /// Which attempt this is, from 1.
  public let attempt: Int
  /// Why the attempt before failed; of an exhausted recovery, the last one. `nil` in the first attempt.
  public let failure: String?
  /// All health checks, when the attempt began.
  public let health: HealthSnapshot
  /// The breakers that are not closed, by name, when the condition is about one: of a breaker with a `scope`, each.
  public let breakers: [String]

  /// The check that the condition is about; `nil` when it is about something else.
  public var check: HealthComponent? {
    if case .healthCheck(let name) = condition.subject { health[name] } else { nil }
  }

  package init(
    recovery: String, condition: RecoveryCondition, heldFor: Duration, attempt: Int, failure: String?,
    health: HealthSnapshot, breakers: [String] = []
  ) {
    self.recovery = recovery
    self.condition = condition
    self.heldFor = heldFor
    self.attempt = attempt
    self.failure = failure
    self.health = health
    self.breakers = breakers
  }
}

/// Code that a recovery of a policy file refers to by name: it mends something, or calls for somebody who does.
///
/// It is cancelled at its step's timeout and awaited. When it throws, the attempt has failed.
public typealias RecoveryHandler = @Sendable (RecoveryContext) async throws -> Void

extension RecoveryCondition: CustomStringConvertible {
  /// In words: `health check cache is unhealthy`.
  public var description: String {
    switch subject {
    case .healthCheck(let name): "health check \(name) is \(state.rawValue)"
    case .breaker(let name): "breaker \(name) is \(state.rawValue)"
    case .overall: "the whole is \(state.rawValue)"
    }
  }
}
