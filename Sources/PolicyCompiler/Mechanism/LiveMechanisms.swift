internal import ResilienceCore
internal import Synchronization

/// The mechanisms of all graphs of one engine: a call that began under an older graph meets the same breaker as a new one.
final class LiveMechanisms: Sendable {
  /// What all breakers take from the engine.
  let breakerHost: BreakerHost
  private let registry = Mutex(MechanismRegistry())

  init(_ context: CompilerContext) {
    breakerHost = BreakerHost(chance: context.chance, time: context.time, observer: context.observer)
  }

  func withLock<Value>(_ body: (inout sending MechanismRegistry) -> sending Value) -> sending Value {
    registry.withLock(body)
  }
}
