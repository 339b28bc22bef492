public import ResilienceCore

/// What a layer does.
public enum LayerKind: String, Sendable, Hashable, CaseIterable {
  case fallback, deadline, rateLimit, bulkhead, retry, hedge, breaker, timeout, chaos

  /// The same kind where plans have it.
  package var ofPlans: ResilienceCore.LayerKind {
    switch self {
    case .fallback: .fallback
    case .deadline: .deadline
    case .rateLimit: .rateLimit
    case .bulkhead: .bulkhead
    case .retry: .retry
    case .hedge: .hedge
    case .breaker: .breaker
    case .timeout: .timeout
    case .chaos: .chaos
    }
  }
}

/// How a layer came into a pipeline that it is not written in.
public struct Splice: Hashable, Sendable {
  /// The pipeline that it is written in.
  public let pipeline: String
  /// The key that brings it in.
  public let location: Location
}

/// One layer of a pipeline with the elements that it names.
public struct LayerDefinition: Sendable {
  /// What a layer names, by its kind.
  public enum Element: Sendable {
    /// A chain, tried in order.
    case fallback([Definition<FallbackDefinition>])
    case deadline(Definition<TimeoutSettings>)
    case rateLimit(Definition<RateLimiterDefinition>)
    case bulkhead(Definition<BulkheadDefinition>)
    case retry(Definition<RetryDefinition>)
    case breaker(Definition<BreakerDefinition>)
    case timeout(Definition<TimeoutSettings>)
    case hedge(Definition<HedgeDefinition>)
    case chaos(Definition<ChaosDefinition>)
  }

  /// What it names.
  public let element: Element
  /// Whether other pipelines that use the name share the element; one written in the layer, or a preset, belongs to the
  /// pipeline alone.
  public let shared: Bool
  /// The layer's key.
  public let location: Location
  /// How it came here, where it is written in another pipeline.
  public internal(set) var splice: Splice? {
    get { spliced?.value }
    set { spliced = newValue.map { Shared($0) } }
  }
  private var spliced: Shared<Splice>?

  init(element: Element, shared: Bool, location: Location) {
    self.element = element
    self.shared = shared
    self.location = location
  }

  /// What it does.
  public var kind: LayerKind {
    switch element {
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
