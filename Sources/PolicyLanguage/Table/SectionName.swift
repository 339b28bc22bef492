/// The sections whose elements have names.
public enum SectionName: String, Sendable, Hashable, CaseIterable {
  case errors, breakers, retries, budgets, timeouts, bulkheads, rateLimiters, hedges, fallbacks, pipelines, operations,
    healthChecks, recoveries, environments

  /// One element of it, in a sentence.
  public var singular: String {
    switch self {
    case .errors: "error class"
    case .breakers: "breaker"
    case .retries: "retry"
    case .budgets: "budget"
    case .timeouts: "timeout"
    case .bulkheads: "bulkhead"
    case .rateLimiters: "rate limiter"
    case .hedges: "hedge"
    case .fallbacks: "fallback"
    case .pipelines: "pipeline"
    case .operations: "operation"
    case .healthChecks: "health check"
    case .recoveries: "recovery"
    case .environments: "environment"
    }
  }
}
