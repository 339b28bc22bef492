internal import PolicyLanguage
internal import ResilienceCore

/// How live mechanisms follow a new document: what has the same name goes on, under its new numbers; what is gone is let go.
extension MechanismRegistry {
  /// Says what that changed in breakers, for the observer to be told without a lock.
  mutating func follow(_ definitions: MechanismDefinitions, at now: Instant) -> [ChangedBreaker] {
    let changed = followBreakers(definitions, at: now)
    budgets.follow(definitions.budgets) { $0.update($1, at: now) }
    followBulkheads(definitions)
    followRateLimiters(definitions, at: now)
    followLastGood(definitions)
    followHedges(definitions)
    return changed
  }

  private mutating func followBreakers(_ definitions: MechanismDefinitions, at now: Instant) -> [ChangedBreaker] {
    var changed: [ChangedBreaker] = []
    var replaced: [ElementName: [Scoped<CircuitBreaker>]] = [:]
    for (identity, live) in breakers {
      guard let new = definitions.breakers[identity.name], identity.fits(new.scope),
        definitions.isUsed(identity.sharing)
      else {
        breakers[identity] = nil
        if let new = definitions.breakers[identity.name], !identity.fits(new.scope) {
          changed += live.instance.catchUp(at: now)
          replaced[identity.name, default: []].append(live.instance)
        }
        continue
      }
      guard new.settings != live.settings.settings else { continue }
      let numbers = BreakerNumbers(new.settings)
      changed += live.instance.update(numbers, identity, holds: holdsHeeded(by: identity), at: now)
      breakers[identity]?.settings = numbers
    }
    holds = holds.filter { definitions.breakers[$0.key] != nil }
    legacies = replaced.compactMapValues { BreakerLegacy(of: $0, at: now) }
    return changed
  }

  private mutating func followBulkheads(_ definitions: MechanismDefinitions) {
    for (identity, live) in bulkheads {
      guard let new = definitions.bulkheads[identity.name], identity.fits(new.scope),
        definitions.isUsed(identity.sharing)
      else {
        bulkheads[identity] = nil
        live.instance.visitAll { $0.releaseWaiters() }
        continue
      }
      guard new.settings != live.settings else { continue }
      live.instance.update(new.settings, identity)
      bulkheads[identity]?.settings = new.settings
    }
  }

  private mutating func followRateLimiters(_ definitions: MechanismDefinitions, at now: Instant) {
    for (identity, live) in rateLimiters {
      let new = definitions.rateLimiters[identity.name]
      guard let new, identity.fits(new.scope), definitions.isUsed(identity.sharing) else {
        rateLimiters[identity] = nil
        if let new, !identity.fits(new.scope) { rescoped[identity.name] = now }
        live.instance.visitAll { $0.releaseWaiters() }
        continue
      }
      guard new.settings != live.settings else { continue }
      live.instance.update(new.settings, identity, at: now)
      rateLimiters[identity]?.settings = new.settings
    }
  }

  private mutating func followHedges(_ definitions: MechanismDefinitions) {
    for (identity, live) in hedges {
      guard let new = definitions.hedge(identity) else {
        hedges[identity] = nil
        continue
      }
      guard new != live.settings else { continue }
      live.instance.update(new)
      hedges[identity]?.settings = new
    }
  }

  /// Values under another key are no answer to the calls of this one, so a changed key starts anew.
  private mutating func followLastGood(_ definitions: MechanismDefinitions) {
    for (identity, live) in lastGood {
      guard let new = definitions.lastGood[identity.name], new.key == live.settings.key,
        definitions.isUsed(identity.sharing)
      else {
        lastGood[identity] = nil
        continue
      }
      guard new != live.settings else { continue }
      live.instance.update(new)
      lastGood[identity]?.settings = new
    }
  }
}

extension Dictionary where Key == String {
  /// Lets go what is no longer named and updates what has other numbers.
  fileprivate mutating func follow<Instance, Settings>(
    _ definitions: [String: Settings], update: (Instance, Settings) -> Void
  ) where Value == MechanismRegistry.Live<Instance, Settings> {
    for (name, live) in self {
      guard let new = definitions[name] else {
        self[name] = nil
        continue
      }
      guard new != live.settings else { continue }
      update(live.instance, new)
      self[name]?.settings = new
    }
  }
}
