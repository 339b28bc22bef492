package import ResilienceCore

/// What a graph is compiled with besides its document: everything that code brings.
package struct CompilerContext: Sendable {
  package var time: TimeSource
  package var chance: Chance
  package var supervisor: Supervisor
  package var observer: EventObserver?
  /// Functions by the names that `handler:` fallbacks use.
  package var handlers: [String: FallbackHandler]
  /// Bodies by the names that `operation:` fallbacks use.
  package var operations: [String: FallbackHandler]
  /// The facts of errors that do not say them themselves.
  package var describe: (@Sendable (any Error) -> FailureFacts?)?
  /// Whether layers of chaos do anything.
  package var allowsChaos: Bool

  package init(
    time: TimeSource = .system, chance: Chance = Chance(), supervisor: Supervisor = Supervisor(),
    observer: EventObserver? = nil, handlers: [String: FallbackHandler] = [:],
    operations: [String: FallbackHandler] = [:], describe: (@Sendable (any Error) -> FailureFacts?)? = nil,
    allowsChaos: Bool = false
  ) {
    self.time = time
    self.chance = chance
    self.supervisor = supervisor
    self.observer = observer
    self.handlers = handlers
    self.operations = operations
    self.describe = describe
    self.allowsChaos = allowsChaos
  }
}
