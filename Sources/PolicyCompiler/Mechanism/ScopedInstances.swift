internal import PolicyLanguage
internal import ResilienceCore

extension Scoped where Mechanism == CircuitBreaker {
  /// - Parameters:
  ///   - legacy: What those leave whose place the new ones take.
  ///   - holds: Who keeps calls from all breakers of the name.
  init(
    _ identity: MechanismIdentity, _ numbers: BreakerNumbers, legacy: BreakerLegacy?, holds: BreakerHolds?,
    host: BreakerHost, on time: TimeSource
  ) {
    @Sendable func make(_ key: String?) -> CircuitBreaker {
      func new(_ standing: BreakerStanding?) -> CircuitBreaker {
        Self.breaker(of: key, identity, numbers, holds: holds, host: host, adopting: standing)
      }
      return legacy.map { $0.hand(to: new, at: time.now) } ?? new(nil)
    }
    self =
      switch identity.sharing {
      case .label(let label): .keyed(Keyed(by: label, retention: { $0.retention(at: time.now) }, make: make))
      case .all, .operation, .target: .shared(make(nil))
      }
  }

  /// Goes on under new numbers, and says what that changed. What is made from now on takes nobody's place.
  func update(
    _ numbers: BreakerNumbers, _ identity: MechanismIdentity, holds: BreakerHolds?, at now: Instant
  ) -> [ChangedBreaker] {
    var changed: [ChangedBreaker] = []
    func update(_ breaker: CircuitBreaker) {
      changed += ChangedBreaker.some(breaker, breaker.update(numbers, at: now))
    }
    switch self {
    case .shared(let breaker): update(breaker)
    case .keyed(let keyed):
      let host = keyed.shared.host
      keyed.update(
        make: { Self.breaker(of: $0, identity, numbers, holds: holds, host: host, adopting: nil) }, update)
    }
    return changed
  }

  /// Counts what has become slow, and says what that changed.
  func catchUp(at now: Instant) -> [ChangedBreaker] {
    var changed: [ChangedBreaker] = []
    visitAll { changed += ChangedBreaker.some($0, $0.catchUp(at: now)) }
    return changed
  }

  private static func breaker(
    of key: String?, _ identity: MechanismIdentity, _ numbers: BreakerNumbers, holds: BreakerHolds?, host: BreakerHost,
    adopting standing: BreakerStanding?
  ) -> CircuitBreaker {
    let breaker = CircuitBreaker(identity.displayName(of: key), numbers, host: host, adopting: standing)
    holds?.hold(breaker)
    return breaker
  }
}

extension Scoped where Mechanism == Bulkhead {
  init(_ identity: MechanismIdentity, _ settings: BulkheadSettings) {
    let make = Self.maker(identity, settings)
    self =
      switch identity.sharing {
      case .label(let label): .keyed(Keyed(by: label, isIdle: { $0.inUse == 0 && $0.queued == 0 }, make: make))
      case .all, .operation, .target: .shared(make(nil))
      }
  }

  /// Goes on under new settings; whoever may run now does.
  func update(_ settings: BulkheadSettings, _ identity: MechanismIdentity) {
    switch self {
    case .shared(let bulkhead): bulkhead.update(settings)
    case .keyed(let keyed): keyed.update(make: Self.maker(identity, settings)) { $0.update(settings) }
    }
  }

  private static func maker(_ identity: MechanismIdentity, _ settings: BulkheadSettings) -> Keyed<Bulkhead>.Make {
    { Bulkhead(identity.displayName(of: $0), settings) }
  }
}

extension Scoped where Mechanism == RateLimiter {
  /// - Parameter halfFullAt: When the limiter takes the place of one with another scope: half a burst is there at that time.
  init(_ identity: MechanismIdentity, _ settings: RateLimiterSettings, halfFullAt: Instant?, on time: TimeSource) {
    let make = Self.maker(identity, settings, halfFullAt: halfFullAt)
    self =
      switch identity.sharing {
      case .label(let label): .keyed(Keyed(by: label, isIdle: { $0.isFull(at: time.now) }, make: make))
      case .all, .operation, .target: .shared(make(nil))
      }
  }

  /// Goes on under new settings with the slots that are left.
  func update(_ settings: RateLimiterSettings, _ identity: MechanismIdentity, at now: Instant) {
    switch self {
    case .shared(let limiter): limiter.update(settings, at: now)
    case .keyed(let keyed):
      keyed.update(make: Self.maker(identity, settings, halfFullAt: nil)) { $0.update(settings, at: now) }
    }
  }

  private static func maker(
    _ identity: MechanismIdentity, _ settings: RateLimiterSettings, halfFullAt: Instant?
  ) -> Keyed<RateLimiter>.Make {
    { key in
      RateLimiter(
        identity.displayName(of: key), settings, halfFull: halfFullAt != nil,
        at: halfFullAt ?? Instant(nanoseconds: 0))
    }
  }
}

extension Scoped {
  /// Calls `body` with every instance that there is.
  func visitAll(_ body: (Mechanism) -> Void) {
    switch self {
    case .shared(let mechanism): body(mechanism)
    case .keyed(let keyed): keyed.visitAll(body)
    }
  }

  /// Calls `body` with every instance that there is, after what instances are made by has changed.
  func renew(_ body: (Mechanism) -> Void) {
    switch self {
    case .shared(let mechanism): body(mechanism)
    case .keyed(let keyed): keyed.renew(body)
    }
  }
}
