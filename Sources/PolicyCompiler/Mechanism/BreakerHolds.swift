internal import ResilienceCore
internal import Synchronization

/// Who keeps calls from all breakers of one name, whatever their scope: those that are made meanwhile begin as held.
final class BreakerHolds: Sendable {
  private struct State: Sendable {
    var name: ElementName
    var holders: Set<String> = []
  }

  private let state: Mutex<State>

  init(_ name: ElementName) { state = Mutex(State(name: name)) }

  /// The name of the breakers, which a reload can change.
  var name: ElementName { state.withLock { $0.name } }

  func rename(to name: ElementName) { state.withLock { $0.name = name } }

  /// - Returns: Whether it was none before.
  func insert(_ holder: String) -> Bool { state.withLock { $0.holders.insert(holder).inserted } }

  /// - Returns: Whether it was one.
  func remove(_ holder: String) -> Bool { state.withLock { $0.holders.remove(holder) != nil } }

  /// Makes a new breaker begin as the others are. Nobody is told: no call of its has been turned away yet.
  func hold(_ breaker: CircuitBreaker) {
    // It is new, so nothing of it can have come due.
    let now = breaker.host.time?.now ?? Instant(nanoseconds: 0)
    for holder in state.withLock({ $0.holders }) { _ = breaker.hold(by: holder, at: now) }
  }
}
