package import ResilienceCore

/// What a graph is compiled with besides its document: everything that code brings.
package struct CompilerContext: Sendable {
  package var time: TimeSource
  package var chance: Chance
  package var supervisor: Supervisor
  /// Whoever listens to the engine.
  package let events: EventHub
  /// Functions by the names that `handler:` fallbacks use.
  package var handlers: [String: FallbackHandler]
  /// Bodies by the names that `operation:` fallbacks use.
  package var operations: [String: FallbackHandler]
  /// Checks by the names that `handler:` probes use.
  package var healthChecks: [String: any HealthCheck]
  /// Functions by the names that `handler:` steps of recoveries use.
  package var recoveryHandlers: [String: RecoveryHandler]
  /// The facts of errors that do not say them themselves.
  package var describe: (@Sendable (any Error) -> FailureFacts?)?
  /// Whether layers of chaos do anything.
  package var allowsChaos: Bool

  package init(
    time: TimeSource = .system, chance: Chance = Chance(), supervisor: Supervisor = Supervisor(),
    events: EventHub = EventHub(), handlers: [String: FallbackHandler] = [:],
    operations: [String: FallbackHandler] = [:], healthChecks: [String: any HealthCheck] = [:],
    recoveryHandlers: [String: RecoveryHandler] = [:], describe: (@Sendable (any Error) -> FailureFacts?)? = nil,
    allowsChaos: Bool = false
  ) {
    self.time = time
    self.chance = chance
    self.supervisor = supervisor
    self.events = events
    self.handlers = handlers
    self.operations = operations
    self.healthChecks = healthChecks
    self.recoveryHandlers = recoveryHandlers
    self.describe = describe
    self.allowsChaos = allowsChaos
  }

  /// Is told what the engine decides; `nil` while nobody listens.
  package var observer: EventObserver? { events.observer }
}
