public import ResilienceCore

/// A breaker by itself: `try await breaker.run { … }`, on the clock that the breaker was made with. A ``Pipeline`` around it
/// saves what each call prepares here.
extension CircuitBreaker: CallPolicy {
  public var operation: OperationPolicy {
    OperationPolicy(OperationEntry(name, Plan(name, .breaker(.shared(self)), on: host.time ?? .system)))
  }
}

/// A bulkhead by itself: `try await bulkhead.run { … }`. A ``Pipeline`` around it saves what each call prepares here.
extension Bulkhead: CallPolicy {
  public var operation: OperationPolicy { OperationPolicy(OperationEntry(name, Plan(name, .bulkhead(.shared(self))))) }
}

/// A limiter by itself: `try await limiter.run { … }`. A ``Pipeline`` around it saves what each call prepares here.
extension RateLimiter: CallPolicy {
  public var operation: OperationPolicy { OperationPolicy(OperationEntry(name, Plan(name, .rateLimit(.shared(self))))) }
}
