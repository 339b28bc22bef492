import Resilience
import ResilienceCore

/// The policies that are measured.
enum Policies {
  static let perSecond = Rate(1_000_000_000, per: .seconds(1))

  static func pipeline(_ layers: [Pipeline.Layer]) -> Pipeline { Pipeline("measured", layers) }

  static var consecutive: CircuitBreaker { CircuitBreaker("consecutive", .standard) }

  /// Over the last hundred calls, which were good.
  static var countWindow: CircuitBreaker {
    CircuitBreaker(
      "calls",
      CircuitBreakerSettings(
        failureRate: Ratio(partsPerMillion: 500_000), window: .calls(100), open: .init(.seconds(60))))
  }

  static var timeWindow: CircuitBreaker {
    CircuitBreaker(
      "time",
      CircuitBreakerSettings(
        failureRate: Ratio(partsPerMillion: 500_000), window: .time(.seconds(10)), open: .init(.seconds(60))))
  }

  static var bulkhead: Bulkhead { Bulkhead("places", BulkheadSettings(concurrent: 1_000)) }

  static var limiter: RateLimiter {
    RateLimiter("pace", RateLimiterSettings(rate: perSecond, burst: 1_000_000))
  }

  /// A breaker that was opened by one failure.
  static var open: CircuitBreaker {
    let breaker = CircuitBreaker("open", CircuitBreakerSettings(failures: 1, open: .seconds(86_400)))
    _ = try? pipeline([.breaker(breaker)]).runBlocking { try failing(0) }
    return breaker
  }

  /// A file whose operation has these layers, and the handle of the operation.
  static func handle(_ layers: String) throws -> TypedPolicy<Int> {
    try engine(layers).policy("measured", returning: Int.self)
  }

  /// The same, whose breaker one failure opened.
  static func openHandle(_ layers: String) throws -> TypedPolicy<Int> {
    let policy = try handle(layers)
    _ = try? policy.runBlocking { try failing(0) }
    return policy
  }

  static func engine(_ layers: String) throws -> ResilienceEngine {
    let text = """
      version: 1
      fallbacks:
        none: {value: 0}
      operations:
        measured:
          layers: \(layers)

      """
    return try ResilienceEngine(policiesAt: "measured.yaml", on: .system) { _ in .success(Array(text.utf8)) }
  }
}
