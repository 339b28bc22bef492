import PolicyLanguage
import PolicySimulation
import ResilienceCore

/// Layers of a policy made ready for a replay, each with a mechanism of its own that no service shares.
struct Rehearsal {
  /// How chance falls in it.
  enum Luck {
    /// Jitter takes off all that it can: no wait can be shorter.
    case shortestWaits
    /// Jitter takes nothing off: no wait can be longer.
    case longestWaits
    case seed(UInt64)

    fileprivate var chance: Chance {
      switch self {
      case .shortestWaits: .largest
      case .longestWaits: .smallest
      case .seed(let seed): Chance(seed: seed)
      }
    }
  }

  let operation: String
  let layers: [LayerDefinition]
  let errors: [ErrorClass]
  let idempotency: Idempotency

  /// - Parameter layers: Those of the operation's layers that take part, outermost first.
  init(_ operation: Definition<OperationDefinition>, _ layers: [LayerDefinition], errors: [ErrorClass] = []) {
    self.operation = operation.name
    self.layers = layers
    self.errors = errors
    idempotency = operation.value.idempotency.forCalls
  }

  /// A replay that begins with fresh mechanisms. `attempts` replaces the number of attempts of every retry.
  func begin(_ luck: Luck, attempts: Int? = nil) -> Replay {
    let chance = luck.chance
    return Replay(
      operation: operation, layers: layers.compactMap { $0.rehearsed(chance: chance, attempts: attempts) },
      classifier: FailureClassifier(errors), idempotency: idempotency, chance: chance)
  }

  /// What the engine takes a failure of this one class for.
  func failure(of classes: FailureClasses) -> Classification {
    let members = errors.enumerated().filter { classes.contains(.defined($0.offset)) }.map(\.element)
    return Classification(
      classes, isIgnored: !members.isEmpty && !members.contains(where: \.countsForBreaker),
      isSafeToRepeat: members.contains(where: \.safeToRepeat))
  }

  /// Every class that a failure of a body can have, the file's own ones first.
  var failureClasses: [FailureClasses] { errors.indices.map { .defined($0) } + [.other, .timeout] }
}

extension LayerDefinition {
  /// `nil` for layers that need others than this one call: they never make a call end sooner or its waits shorter.
  fileprivate func rehearsed(chance: Chance, attempts: Int?) -> Layer? {
    switch element {
    case .deadline(let limit): return Layer(.deadline(Limit(limit.value)), name: limit.elementName, place: nil)
    case .timeout(let limit): return Layer(.timeout(Limit(limit.value)), name: limit.elementName, place: nil)
    case .breaker(let breaker):
      let rehearsed = CircuitBreaker(breaker.name, breaker.value.settings, chance: chance)
      return Layer(.breaker(.shared(rehearsed)), name: breaker.elementName, place: nil)
    case .retry(let retry):
      var settings = retry.value.settings
      if let attempts { settings.attempts = attempts }
      return Layer(.retry(RetryPolicy(settings), budget: nil), name: retry.elementName, place: nil)
    case .fallback, .rateLimit, .bulkhead, .hedge, .chaos: return nil
    }
  }
}

extension OperationDefinition.Idempotency {
  /// What a call knows of it.
  var forCalls: Idempotency {
    switch self {
    case .yes, .key: .safe
    case .no: .declared(false)
    case .unknown: .unknown
    }
  }
}
