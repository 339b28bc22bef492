public import LocatedYAML
public import ResilienceCore

/// A retry, and what pays for it.
public struct RetryDefinition: Hashable, Sendable {
  public var settings: RetrySettings
  /// The name of a budget.
  public var budget: String?
}

/// A bulkhead, and whose calls share it.
public struct BulkheadDefinition: Hashable, Sendable {
  public var settings: BulkheadSettings
  public var scope: InstanceScope
}

/// A rate limiter, and whose calls share it.
public struct RateLimiterDefinition: Hashable, Sendable {
  public var settings: RateLimiterSettings
  public var scope: InstanceScope
}

/// A fallback, and the failures that it stands in for.
public struct FallbackDefinition: Sendable {
  public enum Kind: Sendable {
    /// Another operation, by name.
    case operation(String)
    /// A function that the program registers under this name.
    case handler(String)
    /// A fixed value.
    case value(Node)
    case lastGood(LastGoodSettings)
  }

  public var kind: Kind
  public var handle: FailureClasses
}
