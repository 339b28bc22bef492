internal import PolicyLanguage
internal import ResilienceCore

/// The live mechanisms of a graph. Each is made when the first plan asks for it, and found again by every later one.
struct MechanismRegistry: Sendable {
  /// An instance, and the settings that it goes by.
  struct Live<Instance: Sendable, Settings: Hashable & Sendable>: Sendable {
    let instance: Instance
    var settings: Settings
  }

  var breakers: [MechanismIdentity: Live<Scoped<CircuitBreaker>, BreakerNumbers>] = [:]
  /// What breakers whose scope the last reload changed left to those that take their places, by name.
  var legacies: [ElementName: BreakerLegacy] = [:]
  /// Who keeps calls from breakers, by their name. Not there for one that nobody ever held, unless it has keys.
  var holds: [ElementName: BreakerHolds] = [:]
  var budgets: [String: Live<RetryBudget, RetryBudgetSettings>] = [:]
  var bulkheads: [MechanismIdentity: Live<Scoped<Bulkhead>, BulkheadSettings>] = [:]
  var rateLimiters: [MechanismIdentity: Live<Scoped<RateLimiter>, RateLimiterSettings>] = [:]
  /// By the name of the fallback and the operation whose values are kept.
  var lastGood: [MechanismIdentity: Live<LastGoodStore, LastGoodSettings>] = [:]
  /// By the name of the hedge and the operation whose calls it learns from.
  var hedges: [MechanismIdentity: Live<Hedge, HedgeSettings>] = [:]
  /// Limiters whose scope a reload changed, and when: their successors begin half full.
  var rescoped: [ElementName: Instant] = [:]

  mutating func breaker(
    _ identity: MechanismIdentity, _ numbers: @autoclosure () -> BreakerNumbers, host: BreakerHost, on time: TimeSource
  ) -> Scoped<CircuitBreaker> {
    let (legacy, holds) = (legacies[identity.name], holdsHeeded(by: identity))
    return breakers.instance(identity) {
      let numbers = numbers()
      return Live(
        instance: Scoped(identity, numbers, legacy: legacy, holds: holds, host: host, on: time), settings: numbers)
    }
  }

  /// Everything of a name that there is, and whose calls share it.
  func breakers(named name: ElementName) -> [(sharing: MechanismIdentity.Sharing, scoped: Scoped<CircuitBreaker>)] {
    breakers.compactMap { $0.key.name == name ? ($0.key.sharing, $0.value.instance) : nil }
  }

  /// Who keeps calls from the breakers of a name.
  mutating func holds(of name: ElementName) -> BreakerHolds {
    if let known = holds[name] { return known }
    let holds = BreakerHolds(name)
    self.holds[name] = holds
    return holds
  }

  /// What instances go by when they are made. Those of keys are made when nobody looks here any more.
  mutating func holdsHeeded(by identity: MechanismIdentity) -> BreakerHolds? {
    if case .label = identity.sharing { holds(of: identity.name) } else { holds[identity.name] }
  }

  mutating func budget(_ definition: Definition<RetryBudgetSettings>) -> RetryBudget {
    budgets.instance(definition.name, definition.value) { RetryBudget(definition.name, definition.value) }
  }

  mutating func bulkhead(_ identity: MechanismIdentity, _ settings: BulkheadSettings) -> Scoped<Bulkhead> {
    bulkheads.instance(identity, settings) { Scoped(identity, settings) }
  }

  mutating func rateLimiter(
    _ identity: MechanismIdentity, _ settings: RateLimiterSettings, on time: TimeSource
  ) -> Scoped<RateLimiter> {
    let halfFullAt = rescoped[identity.name]
    return rateLimiters.instance(identity, settings) { Scoped(identity, settings, halfFullAt: halfFullAt, on: time) }
  }

  /// Operations differ in how long their calls take, so each has an instance of its own.
  mutating func hedge(_ name: ElementName, of operation: String, _ settings: HedgeSettings) -> Hedge {
    hedges.instance(MechanismIdentity(name, .operation(operation)), settings) { Hedge(name.text, settings) }
  }

  mutating func lastGood(_ fallback: ElementName, of operation: String, _ settings: LastGoodSettings) -> LastGoodStore {
    lastGood.instance(MechanismIdentity(fallback, .operation(operation)), settings) {
      LastGoodStore(settings)
    }
  }
}

extension Dictionary {
  /// The live instance of a key, made when there is none.
  fileprivate mutating func instance<Instance, Settings>(
    _ key: Key, _ settings: Settings, make: () -> Instance
  ) -> Instance where Value == MechanismRegistry.Live<Instance, Settings> {
    instance(key) { MechanismRegistry.Live(instance: make(), settings: settings) }
  }

  /// The same with the settings that the instance is made by. The key is hashed once.
  fileprivate mutating func instance<Instance, Settings>(
    _ key: Key, make: () -> Value
  ) -> Instance where Value == MechanismRegistry.Live<Instance, Settings> {
    func instance(of live: inout Value) -> Instance { live.instance }
    return instance(of: &self[key, default: make()])
  }
}
