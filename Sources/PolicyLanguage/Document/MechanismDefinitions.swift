public import LocatedYAML
public import ResilienceCore

/// A retry, and what pays for it.
public struct RetryDefinition: Hashable, Sendable {
  /// The numbers.
  public var settings: RetrySettings
  /// The name of a budget.
  public var budget: String?
}

/// A circuit breaker, and whose calls share it.
public struct BreakerDefinition: Hashable, Sendable {
  /// The numbers.
  public var settings: CircuitBreakerSettings
  /// Whose calls share one instance.
  public var scope: InstanceScope
}

/// A bulkhead, and whose calls share it.
public struct BulkheadDefinition: Hashable, Sendable {
  /// The numbers.
  public var settings: BulkheadSettings
  /// Whose calls share one instance.
  public var scope: InstanceScope
}

/// A rate limiter, and whose calls share it.
public struct RateLimiterDefinition: Hashable, Sendable {
  /// The numbers.
  public var settings: RateLimiterSettings
  /// Whose calls share one instance.
  public var scope: InstanceScope
}

/// A hedge, and what pays for it.
public struct HedgeDefinition: Hashable, Sendable {
  /// The numbers.
  public var settings: HedgeSettings
  /// The name of a budget.
  public var budget: String?
}

/// What chaos does, and to which calls.
public struct ChaosDefinition: Sendable {
  /// What it does.
  public enum Effect: Sendable {
    /// A failure of an error class, by its name.
    case failure(class: String)
    case delay(Duration)
    /// A fixed value.
    case value(Node)
  }

  /// What it does.
  public var effect: Effect
  /// To which calls.
  public var settings: ChaosSettings
}

/// A fallback, and the failures that it stands in for.
public struct FallbackDefinition: Sendable {
  /// What is served.
  public enum Kind: Sendable {
    /// Another operation, by name.
    case operation(String)
    /// A function that the program registers under this name.
    case handler(String)
    /// A fixed value.
    case value(Node)
    case lastGood(LastGoodSettings)
  }

  /// What is served.
  public var kind: Kind
  /// The failures that it stands in for.
  public var handle: FailureClasses
}
