import Resilience
import Synchronization

/// The states of every breaker since the demo began, learned from events alone.
final class BreakerHistory: Sendable {
  struct Change: Sendable {
    let at: Duration
    let state: BreakerStateName
  }

  private let changes = Mutex<[String: [Change]]>([:])

  func note(_ breaker: String, _ change: BreakerChange, at time: Duration) {
    let state: BreakerStateName? =
      switch change {
      case .opened: .open
      case .halfOpened: .halfOpen
      case .closed: .closed
      default: nil
      }
    guard let state else { return }
    changes.withLock { $0[breaker, default: []].append(Change(at: time, state: state)) }
  }

  func all(of breaker: String) -> [Change] { changes.withLock { $0[breaker] ?? [] } }

  /// The state at a moment; every breaker begins closed.
  func state(of breaker: String, at time: Duration) -> BreakerStateName {
    all(of: breaker).last { $0.at <= time }?.state ?? .closed
  }

  /// The state after the last change.
  func state(of breaker: String) -> BreakerStateName { all(of: breaker).last?.state ?? .closed }
}
