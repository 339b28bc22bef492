import Resilience
import ResilienceCore

extension Scenario {
  static let memory: [Scenario] = [
    .bytes("breaker without a window", 128) { Memory.bytes(100_000) { _ in Breakers.consecutive.breaker } },
    .bytes("breaker over 100 calls", 192) { Memory.bytes(100_000) { _ in Breakers.countWindow.breaker } },
    .bytes("breaker over 10 s", 256) { Memory.bytes(100_000) { _ in Breakers.timeWindow.breaker } },
    .bytes("bulkhead") { Memory.bytes(100_000) { _ in Bulkhead("places", BulkheadSettings(concurrent: 8)) } },
    .bytes("rate limiter") {
      Memory.bytes(100_000) { _ in RateLimiter("pace", RateLimiterSettings(rate: Policies.perSecond)) }
    },
    .bytes("instance of a keyed limiter") { keyedBytes(100_000) { RateLimiter($0 ?? "", Breakers.pace) } },
    .bytes("instance of a million keyed breakers") { keyedBytes(1_000_000) { _ in Breakers.consecutive.breaker } },
  ]

  private static func bytes(
    _ name: String, _ target: Double? = nil, _ measure: @escaping @Sendable () -> Double
  ) -> Scenario {
    Scenario(.memory, name, target.map { .bytes($0) } ?? .none) { .figure { Figure(value: measure(), unit: "B") } }
  }

  /// Heap bytes of a mechanism under a key, its place and its key included.
  private static func keyedBytes<Mechanism: AnyObject & Sendable>(
    _ count: Int, _ make: @escaping @Sendable (String?) -> Mechanism
  ) -> Double {
    let keyed = Keyed(capacity: count, isIdle: { _ in false }, make: make)
    return Memory.bytes(1) { _ in
      for number in 0..<count { _ = keyed.instance(for: "tenant-\(number)") }
      return keyed
    } / Double(count)
  }
}

/// Breakers as a graph makes them: many from one set of numbers and one source of chance.
private struct Breakers {
  static let pace = RateLimiterSettings(rate: Policies.perSecond)
  static let consecutive = Breakers(.standard)
  static let countWindow = Breakers(
    CircuitBreakerSettings(failureRate: Ratio(partsPerMillion: 500_000), window: .calls(100), open: .init(.seconds(60)))
  )
  static let timeWindow = Breakers(
    CircuitBreakerSettings(
      failureRate: Ratio(partsPerMillion: 500_000), window: .time(.seconds(10)), open: .init(.seconds(60))))
  private static let host = BreakerHost(chance: Chance(seed: 1))

  let numbers: BreakerNumbers

  init(_ settings: CircuitBreakerSettings) { numbers = BreakerNumbers(settings) }

  var breaker: CircuitBreaker { CircuitBreaker("database", numbers, host: Breakers.host) }
}
