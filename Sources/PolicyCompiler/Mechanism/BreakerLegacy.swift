internal import ResilienceCore
internal import Synchronization

/// What the breakers of a name leave to those that take their places when a reload changes whose calls share one.
///
/// An open breaker is not forgotten: whoever takes its place begins as it was, for the same time, and lets a probe decide. That
/// holds for instances that are made while it says something: until one further open time has passed, or for an isolated one,
/// until somebody closes the first that took its place.
final class BreakerLegacy: Sendable {
  private struct First: Sendable {
    weak var breaker: CircuitBreaker?
    var isMade = false
  }

  private let standing: BreakerStanding
  private let changed: Instant
  private let first = Mutex(First())

  /// `nil` when more than half of the old ones have nothing against their callee: one bad key of many, or one operation, must
  /// not turn everybody away.
  init?(of old: [Scoped<CircuitBreaker>], at now: Instant) {
    let standings = old.flatMap(\.standings)
    let isolated = standings.count { $0 == .isolated }
    let troubled = standings.count { $0 != nil }
    let latest = standings.compactMap(\.self).filter { $0 != .isolated }.max {
      ($0.until ?? .distantFuture) < ($1.until ?? .distantFuture)
    }
    guard troubled > 0, troubled * 2 >= standings.count else { return nil }
    guard let standing = isolated * 2 >= standings.count ? .isolated : latest else { return nil }
    self.standing = standing
    changed = now
  }

  /// Makes an instance with what it has to begin with.
  func hand(to make: (BreakerStanding?) -> CircuitBreaker, at now: Instant) -> CircuitBreaker {
    let breaker = make(isInForce(at: now) ? standing : nil)
    first.withLock { first in
      guard !first.isMade else { return }
      first = First(breaker: breaker, isMade: true)
    }
    return breaker
  }

  private func isInForce(at now: Instant) -> Bool {
    guard let until = standing.until, let lasts = standing.lasts else {
      return first.withLock { !$0.isMade || $0.breaker?.state == .isolated }
    }
    return now < max(until, changed).advanced(by: lasts)
  }
}

extension Scoped where Mechanism == CircuitBreaker {
  /// What each instance would leave. Of a keyed one, the instance of calls without the label counts only if it has something.
  fileprivate var standings: [BreakerStanding?] {
    var standings: [BreakerStanding?] = []
    visitAll { standings.append($0.standing) }
    if case .keyed = self, standings.count > 1, standings.first == .some(nil) { standings.removeFirst() }
    return standings
  }
}
