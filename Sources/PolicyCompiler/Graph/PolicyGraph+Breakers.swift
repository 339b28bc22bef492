internal import PolicyLanguage
package import ResilienceCore

extension PolicyGraph {
  /// The breakers that the document names, and those of layers that are in use, by name; of a keyed one, each key's.
  package var breakers: [CircuitBreaker] {
    let scoped = mechanisms.withLock { mechanisms in
      for definition in document.breakers.values { _ = breaker(definition, in: &mechanisms) }
      return mechanisms.breakers.values.map(\.instance)
    }
    var breakers: [CircuitBreaker] = []
    for instance in scoped { instance.visitAll { breakers.append($0) } }
    return breakers.sorted { $0.name < $1.name }
  }

  /// How the breakers of a name are that calls have needed so far, by their own names: more than one only where they have a scope.
  /// O(breakers).
  ///
  /// Where there are many, one that calls no longer come to is as good as closed: whoever it stood for may have gone for ever, and nothing
  /// but a call can close it. That of calls without the label counts among those of keys only when it is not closed.
  package func breakerStates(of name: String, at now: Instant) -> [(name: String, state: BreakerStateName)] {
    var states: [(name: String, state: BreakerStateName)] = []
    for instance in mechanisms.withLock({ $0.breakers(named: ElementName(name)) }) {
      let isOneOfMany = if case .all = instance.sharing { false } else { true }
      instance.scoped.visitAll { breaker in
        let state = isOneOfMany && breaker.isForsaken(at: now) ? .closed : breaker.state
        if state == .closed, instance.scoped.isWithoutKey(breaker) { return }
        states.append((breaker.name, state))
      }
    }
    return states.sorted { $0.name < $1.name }
  }

  /// The breaker of a name; `nil` when the document has none of it.
  ///
  /// - Parameter key: What its scope tells apart by: a value of the label, an operation or a target. Without one, the breaker that
  ///   all calls share, or that calls without the label do.
  package func breaker(_ name: String, key: String? = nil) -> CircuitBreaker? {
    // A keyed instance may have to be made, which is not done with the lock held.
    let scoped = mechanisms.withLock { mechanisms in
      if let definition = document.breakers[name] { return breaker(definition, key: key, in: &mechanisms) }
      let name = ElementName(name)
      return mechanisms.breakers.first { $0.key.name == name && $0.key.sharing.fits(key) }?.value.instance
    }
    switch scoped {
    case .keyed(let keyed)?: return keyed.instance(for: key)
    case .shared(let breaker)?: return breaker
    case nil: return nil
    }
  }

  /// `nil` when the document has no operation or target of that name.
  private func breaker(
    _ definition: Definition<BreakerDefinition>, key: String? = nil, in mechanisms: inout MechanismRegistry
  ) -> Scoped<CircuitBreaker>? {
    let name = definition.elementName
    switch (definition.value.scope, key) {
    case (.shared, nil): return breaker(definition, MechanismIdentity(name), in: &mechanisms)
    case (.key(let label), _): return breaker(definition, MechanismIdentity(name, .label(label)), in: &mechanisms)
    case (.operation, let key?):
      guard directory.index(of: key) != nil else { return nil }
      return breaker(definition, MechanismIdentity(name, .operation(key)), in: &mechanisms)
    case (.target, let key?):
      guard directory.index(of: key) != nil || document.operations.contains(where: { $0.value.target == key }) else {
        return nil
      }
      return breaker(definition, MechanismIdentity(name, .target(key)), in: &mechanisms)
    case (.shared, _?), (.operation, nil), (.target, nil): return nil
    }
  }

  func breaker(
    _ definition: Definition<BreakerDefinition>, _ identity: MechanismIdentity, in mechanisms: inout MechanismRegistry
  ) -> Scoped<CircuitBreaker> {
    mechanisms.breaker(identity, numbers(definition), host: self.mechanisms.breakerHost, on: context.time)
  }
}

extension MechanismIdentity.Sharing {
  /// Whether a key, or none, means an instance that is shared in this way.
  fileprivate func fits(_ key: String?) -> Bool {
    switch self {
    case .all: key == nil
    case .label: true
    case .operation(let own), .target(let own): own == key
    }
  }
}

extension CircuitBreaker {
  /// Whether it waits for a call that does not come: for as long as it was open, and once more, since it would let a probe through.
  fileprivate func isForsaken(at now: Instant) -> Bool {
    guard let standing, let until = standing.until, let lasts = standing.lasts else { return false }
    return now >= until.advanced(by: lasts)
  }
}

extension Scoped<CircuitBreaker> {
  /// Whether it is that of calls without the label, beside those of keys.
  fileprivate func isWithoutKey(_ breaker: CircuitBreaker) -> Bool {
    if case .keyed(let keyed) = self { breaker === keyed.shared } else { false }
  }
}
