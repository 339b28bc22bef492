internal import PolicyLanguage
internal import ResilienceCore

extension Scoped where Mechanism == Bulkhead {
  init(_ identity: MechanismIdentity, _ settings: BulkheadSettings) {
    let make = Self.maker(identity, settings)
    self =
      switch identity.sharing {
      case .label(let label): .keyed(Keyed(isIdle: { $0.inUse == 0 && $0.queued == 0 }, make: make), label: label)
      case .all, .operation, .target: .shared(make(nil))
      }
  }

  /// Goes on under new settings; whoever may run now does.
  func update(_ settings: BulkheadSettings, _ identity: MechanismIdentity) {
    switch self {
    case .shared(let bulkhead): bulkhead.update(settings)
    case .keyed(let keyed, _): keyed.update(make: Self.maker(identity, settings)) { $0.update(settings) }
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
      case .label(let label): .keyed(Keyed(isIdle: { $0.isFull(at: time.now) }, make: make), label: label)
      case .all, .operation, .target: .shared(make(nil))
      }
  }

  /// Goes on under new settings with the slots that are left.
  func update(_ settings: RateLimiterSettings, _ identity: MechanismIdentity, at now: Instant) {
    switch self {
    case .shared(let limiter): limiter.update(settings, at: now)
    case .keyed(let keyed, _):
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
    case .keyed(let keyed, _): keyed.visitAll(body)
    }
  }
}
