public import ResilienceCore
internal import Synchronization

/// A state that events change, and that is made anew when it is broken or what it depends on is unhealthy.
///
/// ```swift
/// let session = SelfHealingStateMachine<Session, Message>(
///   "session", safeState: .offline, initialize: { try await Session.open() },
///   invariant: { $0.pending <= $0.window }, transition: { state, message in try state.after(message) },
///   health: monitor)
/// ```
/// It begins in its safe state and initialises. Events are processed one after the other, in the order in which they were sent.
/// A state that violates the invariant is never shown: the machine goes back to its safe state and initialises again, at once and
/// then under a retry, and tells its observers. It does the same when the overall status of `health` becomes unhealthy. Events
/// that come meanwhile wait; when too many do, sending one more throws.
public final class SelfHealingStateMachine<State: Sendable, Event: Sendable>: Sendable {
  public typealias Notice = SelfHealingNotice<State, Event>

  struct Memory: Sendable {
    var state: State
    var isWell = false
    var events: [Event] = []
    /// How many of ``events`` were taken.
    var taken = 0
    var isRunning = false
    /// The health that was seen last.
    var health = HealthStatus.unknown
  }

  public let name: String
  let safeState: State
  let initialize: @Sendable () async throws -> State
  let invariant: @Sendable (State) -> Bool
  let transition: @Sendable (State, Event) throws -> State
  let settings: SelfHealingSettings
  let listener: HealthListener?
  let observers: [@Sendable (Notice) -> Void]
  let time: TimeSource
  let chance: Chance
  let memory: Mutex<Memory>
  /// Rings when there is an event, or when health has changed.
  let bell: Bell

  /// - Parameters:
  ///   - name: What it is called in errors.
  ///   - safeState: What is shown while there is nothing better; violating the invariant with it is a programmer's mistake.
  ///   - initialize: Makes a good state. It is cancelled when the machine is.
  ///   - invariant: What is true of every good state.
  ///   - transition: The state after an event. When it throws, the event is refused and the state stays.
  ///   - settings: Attempts, waits and the queue.
  ///   - health: What the machine depends on; somebody else runs it.
  ///   - observers: Are told everything, in order, on the machine's task.
  ///   - time: Another clock, for tests.
  public init(
    _ name: String, safeState: State, initialize: @escaping @Sendable () async throws -> State,
    invariant: @escaping @Sendable (State) -> Bool = { _ in true },
    transition: @escaping @Sendable (State, Event) throws -> State,
    settings: SelfHealingSettings = SelfHealingSettings(), health: HealthMonitor? = nil,
    observers: [@Sendable (Notice) -> Void] = [], on time: TimeSource = .system, seed: UInt64? = nil
  ) {
    precondition(invariant(safeState), "the safe state keeps the invariant")
    self.name = name
    self.safeState = safeState
    self.initialize = initialize
    self.invariant = invariant
    self.transition = transition
    self.settings = settings
    self.observers = observers
    self.time = time
    chance = seed.map { Chance(seed: $0) } ?? Chance()
    memory = Mutex(Memory(state: safeState))
    listener = health.map { HealthListener($0) }
    bell = listener?.bell ?? Bell()
  }

  /// The present state: the safe one while it is made anew.
  public var state: State { memory.withLock { $0.state } }

  /// Whether the present state was initialised and is good.
  public var isWell: Bool { memory.withLock { $0.isWell } }

  /// How many events wait.
  public var waiting: Int { memory.withLock { $0.events.count - $0.taken } }

  /// Hands in an event.
  ///
  /// - Throws: ``SelfHealingError/Code/queueFull`` when as many wait as the machine keeps; the event is not kept then.
  public func send(_ event: Event) throws(SelfHealingError) {
    let isKept = memory.withLock { memory in
      guard memory.events.count - memory.taken < max(settings.queue, 1) else { return false }
      memory.events.append(event)
      return true
    }
    guard isKept else { throw SelfHealingError(code: .queueFull, name: name) }
    bell.ring()
  }
}
