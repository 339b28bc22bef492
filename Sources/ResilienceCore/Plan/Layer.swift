/// One layer of a compiled pipeline: what it does, under which name, and where it was written.
package struct Layer: Sendable {
  package enum Mechanism: Sendable {
    case fallback([FallbackStep])
    case deadline(Limit)
    case rateLimit(Scoped<RateLimiter>)
    case bulkhead(Scoped<Bulkhead>)
    case retry(RetryPolicy, budget: RetryBudget?)
    case breaker(Scoped<CircuitBreaker>)
    case timeout(Limit)
    case hedge(Hedge, budget: RetryBudget?)
    case chaos(Chaos)
  }

  package let mechanism: Mechanism
  private let elementName: ElementName
  /// For events; `nil` for a layer made in code.
  let place: LayerPlace?

  package init(_ mechanism: Mechanism, name: ElementName, place: LayerPlace?) {
    self.mechanism = mechanism
    elementName = name
    self.place = place
  }

  package init(_ mechanism: Mechanism, name: String) { self.init(mechanism, name: ElementName(name), place: nil) }

  /// That of the layer's element. Put together when somebody asks: few of very many plans ever tell anything.
  package var name: String { elementName.text }

  package var kind: LayerKind {
    switch mechanism {
    case .fallback: .fallback
    case .deadline: .deadline
    case .rateLimit: .rateLimit
    case .bulkhead: .bulkhead
    case .retry: .retry
    case .breaker: .breaker
    case .timeout: .timeout
    case .hedge: .hedge
    case .chaos: .chaos
    }
  }
}

/// A deadline's or timeout's numbers, ready for use.
package struct Limit: Hashable, Sendable {
  /// Nanoseconds from the layer's entry.
  package let after: UInt64
  package let mode: TimeoutSettings.Mode

  package init(_ settings: TimeoutSettings) {
    after = settings.after.nanoseconds
    mode = settings.mode
  }
}

/// One mechanism for all calls, or one for each value of a label.
package enum Scoped<Mechanism: AnyObject & Sendable>: Sendable {
  case shared(Mechanism)
  case keyed(Keyed<Mechanism>)

  /// The mechanism of a call with these labels; `isMissing` tells that the call does not carry the label.
  package func instance(for labels: [String: String]) -> (mechanism: Mechanism, isMissing: Bool) {
    switch self {
    case .shared(let mechanism): (mechanism, false)
    case .keyed(let keyed): (keyed.instance(for: labels[keyed.label]), labels[keyed.label] == nil)
    }
  }
}
