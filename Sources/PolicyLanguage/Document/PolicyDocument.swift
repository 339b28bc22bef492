public import LocatedYAML
public import ResilienceCore

/// What a policy file, with its includes, says in one environment: every name found, every number read.
public struct PolicyDocument: Sendable {
  /// `nil`: the base, without overrides.
  public var environment: String?
  /// The root file first, then what it includes.
  public var sources: [SourceText]
  public var guardrails: Guardrails
  /// The position is the index of ``ResilienceCore/FailureClasses``.
  public var errors: [Definition<ErrorClass>]
  public var breakers: [String: Definition<CircuitBreakerSettings>]
  public var retries: [String: Definition<RetryDefinition>]
  public var budgets: [String: Definition<RetryBudgetSettings>]
  public var timeouts: [String: Definition<TimeoutSettings>]
  public var bulkheads: [String: Definition<BulkheadDefinition>]
  public var rateLimiters: [String: Definition<RateLimiterDefinition>]
  public var fallbacks: [String: Definition<FallbackDefinition>]
  public var pipelines: [String: Definition<[LayerDefinition]>]
  /// In the order of the files; the name is exact or a pattern.
  public var operations: [Definition<OperationDefinition>]
  /// The names that the files have overrides for, in their order.
  public var environments: [String]
  public var waivers: [Waiver]
}
