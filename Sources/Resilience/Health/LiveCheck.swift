internal import PolicyCompiler
internal import ResilienceCore

/// A check that a monitor asks: what does not change while it lives.
final class LiveCheck: Sendable {
  let name: String
  /// Rings when there may be something to do earlier than planned.
  let bell = Bell()
  /// Rings when the check is removed.
  let removal = Bell()

  init(_ name: String) { self.name = name }
}

/// What a monitor knows of one check.
struct MonitoredCheck: Sendable {
  let live: LiveCheck
  var machine: HealthCheckMachine
  var probe: any HealthCheck
  /// Where it stands in a policy file.
  var location: String?
  /// The breakers that let no call through while it is unhealthy.
  var gates: [BreakerGate] = []
  /// Those of them that it holds.
  var held: [BreakerGate] = []
  /// Whether a task of a running monitor looks after it.
  var isFollowed = false
  /// Who waits for the end of a probe, by the first that will do.
  var verifiers: [(probe: UInt64, waiter: Waiter)] = []

  init(_ definition: CheckDefinition, at now: Instant) {
    live = LiveCheck(definition.probe.name)
    machine = HealthCheckMachine(definition.settings, at: now)
    probe = definition.probe
    location = definition.location
    gates = definition.gates
  }

  /// Takes over another definition of the same check.
  mutating func update(_ definition: CheckDefinition) {
    machine.update(definition.settings)
    probe = definition.probe
    location = definition.location
    gates = definition.gates
  }

  /// Holds the breakers that it is to hold now, and releases the others.
  ///
  /// A breaker that a person has closed meanwhile is not held again before the check was well and is unhealthy anew.
  mutating func moveGates(at now: Instant, isRunning: Bool = true) -> [ChangedBreaker] {
    let wanted = isRunning && machine.status == .unhealthy ? gates : []
    var changed: [ChangedBreaker] = []
    for gate in held where !wanted.contains(where: { $0.isSame(as: gate) }) {
      changed += gate.release(by: live.name, at: now)
    }
    for gate in wanted where !held.contains(where: { $0.isSame(as: gate) }) {
      changed += gate.hold(by: live.name, at: now)
    }
    held = wanted
    return changed
  }

  /// Takes those who waited for this probe or an earlier one.
  mutating func takeVerifiers(of probe: UInt64) -> [Waiter] {
    let done = verifiers.filter { $0.probe <= probe }.map(\.waiter)
    verifiers.removeAll { $0.probe <= probe }
    return done
  }

  func component(on time: TimeSource) -> HealthComponent {
    let answer = machine.answer
    return HealthComponent(
      name: live.name, status: machine.status, message: answer?.report.message, details: answer?.report.details ?? [:],
      isCritical: machine.settings.critical, answeredAt: answer.map { time.wallTime(of: $0.instant) },
      latency: answer.map { Duration(nanoseconds: $0.latency) })
  }
}

/// A check, when it is asked, and what depends on it.
struct CheckDefinition: Sendable {
  let probe: any HealthCheck
  let settings: HealthCheckSettings
  var location: String?
  var gates: [BreakerGate] = []
}
