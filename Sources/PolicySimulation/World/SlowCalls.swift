internal import ResilienceCore

/// The breakers that count calls as slow while they run: each is asked when its next call becomes slow.
struct SlowCalls {
  private var watched: [Scoped<CircuitBreaker>] = []

  /// Adds the breakers of a layer, if they may have to be asked. To be called anew when a reload has changed their settings.
  /// O(layers before it).
  mutating func watch(_ breakers: Scoped<CircuitBreaker>) {
    if case .shared(let breaker) = breakers, !breaker.watchesCalls { return }
    if !watched.contains(where: { $0.isSame(as: breakers) }) { watched.append(breakers) }
  }

  /// When the next call becomes slow; the end of time when none can. O(instances).
  var nextAt: UInt64 {
    var next = UInt64.max
    visit { if let mark = $0.nextMark { next = min(next, mark.nanoseconds) } }
    return next
  }

  func visit(_ body: (CircuitBreaker) -> Void) {
    for breakers in watched {
      switch breakers {
      case .shared(let breaker): body(breaker)
      case .keyed(let keyed): keyed.visitAll(body)
      }
    }
  }
}

extension Scoped where Mechanism == CircuitBreaker {
  fileprivate func isSame(as other: Self) -> Bool {
    switch (self, other) {
    case (.shared(let own), .shared(let other)): own === other
    case (.keyed(let own), .keyed(let other)): own === other
    default: false
    }
  }
}
