import LocatedYAML
import PolicyLanguage
public import Resilience
public import ResilienceCore

extension ResilienceEngine {
  /// An engine on virtual time whose policies are in memory.
  ///
  /// - Parameters:
  ///   - files: The policies. A test can change them and call ``ResilienceEngine/reload()``.
  ///   - time: The time of the run.
  ///   - seed: Decides jitter and every other draw.
  ///   - environment: Whose overrides apply; the process's variable plays no part.
  ///   - handlers: Functions by the names that `handler:` fallbacks use.
  ///   - operations: Bodies by the names of the operations that `operation:` fallbacks name.
  ///   - healthChecks: What `handler:` probes ask, by their names. They are asked while ``ResilienceEngine/run()`` runs.
  ///   - recoveryHandlers: Functions by the names that `handler:` steps of recoveries use.
  ///   - classify: The facts of errors that cannot conform to ``FailureDescribing``.
  ///   - observer: Is told every decision.
  ///   - sinks: Take every decision, an ``EventRecorder`` for instance.
  ///   - allowChaos: Whether layers of chaos do anything.
  /// - Throws: ``PolicyFileError`` with every reason, in the words of the linter.
  public static func forTesting(
    _ files: PolicyFiles, on time: VirtualTime, seed: UInt64 = 0, environment: String? = nil,
    handlers: [String: FallbackHandler] = [:], operations: [String: FallbackHandler] = [:],
    healthChecks: [any HealthCheck] = [], recoveryHandlers: [String: RecoveryHandler] = [:],
    classify: (@Sendable (any Error) -> FailureFacts?)? = nil, observer: EventObserver? = nil,
    sinks: [any EventSink] = [], allowChaos: Bool = false
  ) throws -> ResilienceEngine {
    try ResilienceEngine(
      policiesAt: files.main, environment: environment, handlers: handlers, operations: operations,
      healthChecks: healthChecks, recoveryHandlers: recoveryHandlers, classify: classify, observer: observer,
      sinks: sinks, allowChaos: allowChaos, on: .virtual(time), seed: seed,
      readFile: { files.read($0) })
  }

  /// An engine on virtual time with the policies of a text. See ``forTesting(_:on:seed:environment:handlers:operations:healthChecks:recoveryHandlers:classify:observer:sinks:allowChaos:)``.
  public static func forTesting(
    policies: String, on time: VirtualTime, seed: UInt64 = 0, environment: String? = nil,
    handlers: [String: FallbackHandler] = [:], operations: [String: FallbackHandler] = [:],
    healthChecks: [any HealthCheck] = [], recoveryHandlers: [String: RecoveryHandler] = [:],
    classify: (@Sendable (any Error) -> FailureFacts?)? = nil, observer: EventObserver? = nil,
    sinks: [any EventSink] = [], allowChaos: Bool = false
  ) throws -> ResilienceEngine {
    try forTesting(
      PolicyFiles(policies), on: time, seed: seed, environment: environment, handlers: handlers,
      operations: operations, healthChecks: healthChecks, recoveryHandlers: recoveryHandlers, classify: classify,
      observer: observer, sinks: sinks, allowChaos: allowChaos)
  }

  /// An engine on virtual time with the policies of a file: those that the service runs with. See
  /// ``forTesting(_:on:seed:environment:handlers:operations:healthChecks:recoveryHandlers:classify:observer:sinks:allowChaos:)``.
  public static func forTesting(
    policiesAt path: String, on time: VirtualTime, seed: UInt64 = 0, environment: String? = nil,
    handlers: [String: FallbackHandler] = [:], operations: [String: FallbackHandler] = [:],
    healthChecks: [any HealthCheck] = [], recoveryHandlers: [String: RecoveryHandler] = [:],
    classify: (@Sendable (any Error) -> FailureFacts?)? = nil, observer: EventObserver? = nil,
    sinks: [any EventSink] = [], allowChaos: Bool = false
  ) throws -> ResilienceEngine {
    try ResilienceEngine(
      policiesAt: path, environment: environment, handlers: handlers, operations: operations,
      healthChecks: healthChecks, recoveryHandlers: recoveryHandlers, classify: classify, observer: observer,
      sinks: sinks, allowChaos: allowChaos, on: .virtual(time), seed: seed,
      readFile: { readFile($0, limit: LoadLimits.standard.bytes) })
  }
}
