package import ResilienceCore
import Testing

/// A breaker on a table of its own: tests speak of milliseconds, permits are kept as words until they end.
struct BreakerBench {
  struct Running {
    var words: (UInt64, UInt64)
    var started: Instant
    var isProbe: Bool { BreakerPermit(stored: words).isProbe }
  }

  let breaker: CircuitBreaker
  var now = Instant(nanoseconds: 0)

  init(_ settings: CircuitBreakerSettings, seed: UInt64 = 1) {
    breaker = CircuitBreaker("database", settings, chance: Chance(seed: seed))
  }

  init(_ breaker: CircuitBreaker) { self.breaker = breaker }

  var snapshot: BreakerSnapshot { breaker.state(at: now) }

  mutating func at(_ milliseconds: Int) { now = .milliseconds(milliseconds) }

  /// What a call meets; `change` is the last of all changes.
  func tryAdmit() -> (running: Running?, change: BreakerChange?, rejection: BreakerRejection?) {
    let answer = ask()
    return (answer.running, answer.changes.last?.change, answer.rejection)
  }

  /// What a call meets, with every change. In shadow, a call that is let through in spite of a rejection has both.
  func ask() -> (running: Running?, changes: BreakerChanges, rejection: BreakerRejection?, isTurnedAway: Bool) {
    switch breaker.admit(at: now) {
    case .admit(let permit, let changes): return (Running(words: permit.stored(), started: now), changes, nil, false)
    case .pass(let rejection, let changes): return (nil, changes, rejection, false)
    case .reject(let rejection, let changes): return (nil, changes, rejection, true)
    }
  }

  func admit(_ location: SourceLocation = #_sourceLocation) throws -> Running {
    try #require(tryAdmit().running, sourceLocation: location)
  }

  func rejection(_ location: SourceLocation = #_sourceLocation) throws -> BreakerRejection {
    try #require(tryAdmit().rejection, sourceLocation: location)
  }

  /// The last change that the end of a call makes.
  @discardableResult
  func end(_ call: Running, _ outcome: Outcome) -> BreakerChange? { finish(call, outcome).last?.change }

  /// Every change that the end of a call makes.
  func finish(_ call: Running, _ outcome: Outcome) -> BreakerChanges {
    breaker.record(BreakerPermit(stored: call.words), outcome, started: call.started, ended: now)
  }

  func end(_ call: Running?, _ outcome: Outcome) {
    if let call { end(call, outcome) }
  }

  /// A call that begins and ends now.
  @discardableResult
  func call(_ outcome: Outcome, _ location: SourceLocation = #_sourceLocation) throws -> BreakerChange? {
    end(try admit(location), outcome)
  }

  @discardableResult
  func calls(_ count: Int, _ outcome: Outcome, _ location: SourceLocation = #_sourceLocation) throws -> BreakerChange? {
    var change: BreakerChange?
    for _ in 0..<count { change = try call(outcome, location) }
    return change
  }
}

extension BreakerChanges: ExpressibleByArrayLiteral {
  package init(arrayLiteral changes: DatedChange...) {
    self.init()
    for change in changes { append(change) }
  }
}

extension Instant {
  static func milliseconds(_ count: Int) -> Instant { Instant(nanoseconds: UInt64(count) * 1_000_000) }
}

extension Outcome {
  /// A failure that a breaker counts.
  static var failure: Outcome { .failure(.other) }
}

/// Milliseconds as the nanoseconds in which mechanisms answer.
func milliseconds(_ count: Int) -> UInt64 { UInt64(count) * 1_000_000 }
