/// Something that a ``SelfHealingStateMachine`` tells its observers. More is added over time: a `switch` needs a default.
@nonexhaustive
public enum SelfHealingNotice<State: Sendable, Event: Sendable>: Sendable {
  /// An event made a new state.
  case advanced(Event, State)
  /// An event was refused by an error; the state is as before.
  case refused(Event, any Error)
  /// An event made a state that violates the invariant. The state is given up, and the event with it.
  case violated(by: Event, State)
  /// The health that the machine depends on became unhealthy.
  case unhealthy
  /// The machine is in its safe state and begins an attempt to initialise, from 1.
  case initializing(attempt: Int)
  /// An attempt threw, or made a state that violates the invariant.
  case initializationFailed(attempt: Int, any Error)
  /// No attempt of this round is left.
  case exhausted(attempts: Int, any Error)
  /// An attempt made a good state; events are processed again.
  case well(State)
}

/// Why a ``SelfHealingStateMachine`` did not do what it was asked.
public struct SelfHealingError: Error, Hashable, CustomStringConvertible {
  /// What went wrong.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    public let description: String
    private init(_ description: String) { self.description = description }

    /// As many events wait as the machine keeps.
    public static let queueFull = Code("queue-full")
    /// No attempt to initialise has helped, and there is no further round.
    public static let exhausted = Code("exhausted")
    /// What was initialised violates the invariant.
    public static let invariantViolated = Code("invariant-violated")
    /// The machine runs already.
    public static let runsAlready = Code("runs-already")
  }

  public let code: Code
  /// The machine's name.
  public let name: String

  public var description: String { "self-healing state machine \(name): \(code)" }
}
