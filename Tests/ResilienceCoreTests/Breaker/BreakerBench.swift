import ResilienceCore
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

  func tryAdmit() -> (running: Running?, change: BreakerChange?, rejection: BreakerRejection?) {
    switch breaker.admit(at: now) {
    case .admit(let permit, let change): return (Running(words: permit.stored(), started: now), change, nil)
    case .reject(let rejection): return (nil, nil, rejection)
    }
  }

  func admit(_ location: SourceLocation = #_sourceLocation) throws -> Running {
    try #require(tryAdmit().running, sourceLocation: location)
  }

  func rejection(_ location: SourceLocation = #_sourceLocation) throws -> BreakerRejection {
    try #require(tryAdmit().rejection, sourceLocation: location)
  }

  @discardableResult
  func end(_ call: Running, _ outcome: Outcome) -> BreakerChange? {
    breaker.record(BreakerPermit(stored: call.words), outcome, started: call.started, ended: now)
  }

  func end(_ call: Running?, _ outcome: Outcome) {
    if let call { end(call, outcome) }
  }

  func markSlow(_ call: inout Running) -> BreakerChange? {
    var permit = BreakerPermit(stored: call.words)
    let change = breaker.markSlow(&permit, at: now)
    call.words = permit.stored()
    return change
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

extension Instant {
  static func milliseconds(_ count: Int) -> Instant { Instant(nanoseconds: UInt64(count) * 1_000_000) }
}

extension Outcome {
  /// A failure that a breaker counts.
  static var failure: Outcome { .failure(.other) }
}

/// Milliseconds as the nanoseconds in which mechanisms answer.
func milliseconds(_ count: Int) -> UInt64 { UInt64(count) * 1_000_000 }
