internal import PolicyLanguage
package import ResilienceCore

/// What a health check holds: all breakers of one name, those included that its scope makes later.
package struct BreakerGate: Sendable {
  let holds: BreakerHolds
  let mechanisms: LiveMechanisms

  /// Whether the breakers are the same, whatever their name is by now.
  package func isSame(as other: BreakerGate) -> Bool { holds === other.holds }

  /// Turns every call away until ``release(by:at:)``. A person who closes one of the breakers has the last word on that one.
  ///
  /// - Returns: The breakers whose state that changed, for the observer to be told when no lock is held.
  package func hold(by holder: String, at now: Instant) -> [ChangedBreaker] {
    change {
      $0.insert(holder)
    } each: {
      $0.hold(by: holder, at: now)
    }
  }

  /// Takes back what ``hold(by:at:)`` did. Where nobody else keeps calls away, the next call is a probe.
  ///
  /// - Returns: The breakers whose state that changed, for the observer to be told when no lock is held.
  package func release(by holder: String, at now: Instant) -> [ChangedBreaker] {
    change {
      $0.remove(holder)
    } each: {
      $0.release(by: holder, at: now)
    }
  }

  /// First what breakers are made by, then those that there are: none is missed, since they are made with the registry locked, or, those of a
  /// key, made again when that has changed meanwhile.
  private func change(
    _ note: (BreakerHolds) -> Bool, each body: (CircuitBreaker) -> BreakerChanges
  ) -> [ChangedBreaker] {
    let instances = mechanisms.withLock { mechanisms in
      note(holds) ? mechanisms.breakers(named: holds.name) : []
    }
    var changed: [ChangedBreaker] = []
    for instance in instances { instance.scoped.renew { changed += ChangedBreaker.some($0, body($0)) } }
    return changed
  }
}

extension PolicyGraph {
  /// The gate to the breakers of a name; `nil` when the document names none so.
  ///
  /// One that all calls share is made for it, and so is that of calls without the label: whoever watches sees them held.
  package func gate(to name: String) -> BreakerGate? {
    guard let definition = document.breakers[name] else { return nil }
    let holds = mechanisms.withLock { mechanisms in
      let name = definition.elementName
      let holds = mechanisms.holds(of: name)
      switch definition.value.scope {
      case .shared: _ = breaker(definition, MechanismIdentity(name), in: &mechanisms)
      case .key(let label): _ = breaker(definition, MechanismIdentity(name, .label(label)), in: &mechanisms)
      case .operation, .target: break
      }
      return holds
    }
    return BreakerGate(holds: holds, mechanisms: mechanisms)
  }
}
