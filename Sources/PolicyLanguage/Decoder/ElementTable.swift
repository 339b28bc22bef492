internal import ResilienceCore

/// The elements of one environment, as far as they have been read.
struct ElementTable {
  var errors: [Definition<ErrorClass>] = []
  var breakers: [String: Definition<CircuitBreakerSettings>] = [:]
  var retries: [String: Definition<RetryDefinition>] = [:]
  var budgets: [String: Definition<RetryBudgetSettings>] = [:]
  var timeouts: [String: Definition<TimeoutSettings>] = [:]
  var bulkheads: [String: Definition<BulkheadDefinition>] = [:]
  var rateLimiters: [String: Definition<RateLimiterDefinition>] = [:]
  var fallbacks: [String: Definition<FallbackDefinition>] = [:]
  var pipelines: [String: Definition<[LayerDefinition]>] = [:]
  var operations: [Definition<OperationDefinition>] = []
}
