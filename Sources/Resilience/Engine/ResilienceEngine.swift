package import LocatedYAML
internal import PolicyCompiler
package import PolicyLanguage
public import ResilienceCore
internal import Synchronization

/// Runs calls under the policies of a file, and follows the file while it runs.
///
/// ```swift
/// let engine = try await ResilienceEngine(policiesAt: "policies.yaml")
/// engine.reloadOnHangup()
/// let getUser = try engine.policy("users.get")
/// let user = try await getUser.run { try await database.user(id) }
/// ```
public final class ResilienceEngine: Sendable {
  let source: PolicySource
  let context: CompilerContext
  let state: Mutex<EngineState>
  let known = LookUpTable()
  /// What makes this engine reload by itself, until it goes.
  let triggers = Mutex<[ReloadTrigger]>([])
  /// The health checks of the file. They are asked while ``run()`` runs.
  public let health: HealthMonitor
  let recoveries: RecoveryRunner
  /// Whether anybody has called ``run()``.
  let wasRun = Atomic(false)

  /// Loads a policy file.
  ///
  /// - Parameters:
  ///   - path: The file; what it includes is found relative to it.
  ///   - environment: Whose overrides apply; `nil`: what the variable `RESILIENCE_ENVIRONMENT` says, else none.
  ///   - handlers: Functions by the names that `handler:` fallbacks use.
  ///   - operations: Bodies by the names of the operations that `operation:` fallbacks name; each runs under its own policy.
  ///   - healthChecks: What `handler:` probes of the file ask, by their names.
  ///   - recoveryHandlers: Functions by the names that `handler:` steps of recoveries use.
  ///   - classify: The facts of errors that cannot conform to ``FailureDescribing``.
  ///   - observer: Is told every decision, on the thread that made it. It must be quick and must not block.
  ///   - sinks: Take every decision too: logs, recorders, sinks of your own. See also ``add(_:)``.
  ///   - allowChaos: Whether layers of chaos do anything. A file that has some loads either way; where they are not allowed,
  ///     an event tells of each.
  /// - Throws: ``PolicyFileError`` with every reason, in the words of the linter.
  public convenience init(
    policiesAt path: String, environment: String? = nil, handlers: [String: FallbackHandler] = [:],
    operations: [String: FallbackHandler] = [:], healthChecks: [any HealthCheck] = [],
    recoveryHandlers: [String: RecoveryHandler] = [:], classify: (@Sendable (any Error) -> FailureFacts?)? = nil,
    observer: EventObserver? = nil, sinks: [any EventSink] = [], allowChaos: Bool = false
  ) async throws {
    let source = PolicySource(
      path: path, environment: PolicySource.environment(environment, orOfProcess: PolicySource.variable),
      limits: .standard, readFile: { LocatedYAML.readFile($0, limit: LoadLimits.standard.bytes) })
    let context = CompilerContext(
      events: EventHub(observer, sinks: sinks), handlers: handlers, operations: operations,
      healthChecks: Self.named(healthChecks),
      recoveryHandlers: recoveryHandlers, describe: classify, allowsChaos: allowChaos)
    try self.init(source, context, await Self.load(source))
  }

  /// As above, on a time, with a seed, within limits and from files of the caller's choosing.
  package convenience init(
    policiesAt path: String, environment: String? = nil, handlers: [String: FallbackHandler] = [:],
    operations: [String: FallbackHandler] = [:], healthChecks: [any HealthCheck] = [],
    recoveryHandlers: [String: RecoveryHandler] = [:], classify: (@Sendable (any Error) -> FailureFacts?)? = nil,
    observer: EventObserver? = nil, sinks: [any EventSink] = [], allowChaos: Bool = false, on time: TimeSource,
    seed: UInt64 = 0, limits: LoadLimits = .standard,
    readFile: @escaping PolicyLoader.ReadFile
  ) throws {
    let source = PolicySource(path: path, environment: environment, limits: limits, readFile: readFile)
    let context = CompilerContext(
      time: time, chance: Chance(seed: seed), events: EventHub(observer, sinks: sinks), handlers: handlers,
      operations: operations,
      healthChecks: Self.named(healthChecks), recoveryHandlers: recoveryHandlers, describe: classify,
      allowsChaos: allowChaos)
    try self.init(source, context, source.load())
  }

  private init(
    _ source: PolicySource, _ context: CompilerContext, _ reading: PolicyReading
  ) throws(PolicyFileError) {
    let graph = PolicyGraph(try reading.result.get(), context)
    let problems = DeclarationCheck(graph: graph).missingCode()
    guard problems.isEmpty else {
      throw PolicyFileError(path: source.path, problems: problems.map(PolicyProblem.init))
    }
    self.source = source
    self.context = context
    state = Mutex(EngineState(graph, files: reading.files))
    health = HealthMonitor(
      time: context.time, chance: context.chance, observer: { [events = context.events] in events.observer?($0) })
    recoveries = RecoveryRunner(graph, health)
    tellOfIgnoredChaos(in: graph)
    followHealth(graph)
  }

  deinit {
    for trigger in triggers.withLock({ $0 }) { trigger.stop() }
  }

  /// Two checks of the same name are a programmer's mistake.
  private static func named(_ checks: [any HealthCheck]) -> [String: any HealthCheck] {
    let named = Dictionary(checks.map { ($0.name, $0) }) { first, _ in first }
    precondition(named.count == checks.count, "every health check has a name of its own")
    return named
  }

  @concurrent private static func load(_ source: PolicySource) async -> PolicyReading { source.load() }

  /// How often a policy file was put in force: 1 after the first load.
  public var generation: UInt64 { state.withLock { $0.graph.generation } }
}
