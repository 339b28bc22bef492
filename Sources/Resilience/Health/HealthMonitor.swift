public import ResilienceCore
internal import Synchronization

/// Asks health checks regularly whether they are well, and says what all of them come to.
///
/// ```swift
/// let monitor = HealthMonitor(checks: [DatabaseCheck()], HealthCheckSettings(every: .seconds(10), timeout: .seconds(1)))
/// async let watching: Void = monitor.run()
/// print(monitor.current.status)
/// ```
/// All checks are asked side by side: a slow one delays no other. Nothing is asked unless ``run()`` runs.
public final class HealthMonitor: Sendable {
  struct State: Sendable {
    var checks: [String: MonitoredCheck] = [:]
    var overall = HealthStatus.healthy
    /// Grows with every change of a check.
    var version: UInt64 = 0
    var listeners: [ObjectIdentifier: Bell] = [:]
    var isRunning = false
    /// Which load of a policy file the checks come from.
    var generation: UInt64 = 0
  }

  let time: TimeSource
  let chance: Chance
  let state: Mutex<State>
  /// Rings when checks were added.
  let additions = Bell()
  let observer: EventObserver?

  init(time: TimeSource, chance: Chance, observer: EventObserver?) {
    self.time = time
    self.chance = chance
    self.observer = observer
    state = Mutex(State())
  }

  /// Watches checks, each on its own terms.
  ///
  /// - Parameters:
  ///   - checks: Each with its settings; two of the same name are a programmer's mistake.
  ///   - observer: Is told every change, on the task that found it. It must be quick and must not block.
  ///   - time: Another clock, for tests.
  public convenience init(
    _ checks: [(check: any HealthCheck, settings: HealthCheckSettings)],
    observer: EventObserver? = nil, on time: TimeSource = .system
  ) {
    self.init(time: time, chance: Chance(), observer: observer)
    let names = Set(checks.map(\.check.name))
    precondition(names.count == checks.count, "every health check has a name of its own")
    follow(checks.map { CheckDefinition(probe: $0.check, settings: $0.settings) })
  }

  /// Watches checks, all on the same terms.
  ///
  /// See ``init(_:observer:on:)``.
  public convenience init(
    checks: [any HealthCheck], _ settings: HealthCheckSettings, observer: EventObserver? = nil,
    on time: TimeSource = .system
  ) {
    self.init(checks.map { ($0, settings) }, observer: observer, on: time)
  }

  /// How everything is now. O(checks).
  public var current: HealthSnapshot { state.withLock { snapshot(of: $0) } }

  /// What all checks come to now. O(1).
  public var status: HealthStatus { state.withLock { $0.overall } }

  /// The snapshot as JSON. See ``ResilienceCore/HealthSnapshot/json``.
  public var json: String { current.json }

  /// The answer to `/health`: 200 when healthy or degraded, 503 when unhealthy.
  public var response: HealthResponse { HealthResponse(health: current) }

  /// The answer to `/ready`: 503 also until every critical check has been decided.
  public var readiness: HealthResponse { HealthResponse(readiness: current) }

  /// Tells the observer what happened. Never under a lock.
  func tell(_ notices: [HealthNotice]) {
    guard let observer, !notices.isEmpty else { return }
    let generation = state.withLock { $0.generation }
    for event in notices.flatMap({ $0.events(generation: generation, at: time.now) }) { observer(event) }
  }

  func snapshot(of state: State) -> HealthSnapshot {
    HealthSnapshot(state.checks.values.map { $0.component(on: time) }, at: time.wallTime(of: time.now))
  }
}
