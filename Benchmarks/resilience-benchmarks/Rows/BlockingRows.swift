import CBenchmarkSupport
import Resilience
import ResilienceCore

/// Layers as a file writes them, and the names of the lines that measure them.
enum Layers {
  static let countWindow = "[{breaker: {failureRate: 50%, window: 100, open: 60s}}]"
  static let consecutive = "[{breaker: {failures: 5, open: 60s}}]"
  static let timeWindow = "[{breaker: {failureRate: 50%, window: 10s, open: 60s}}]"
  static let retry = "[{retry: {attempts: 3, backoff: 100ms}}]"
  static let bulkhead = "[{bulkhead: {concurrent: 1000}}]"
  static let limiter = "[{rateLimit: {rate: 1000000000/s, burst: 1000000}}]"
  static let pipeline = """
    [{fallback: none}, {bulkhead: {concurrent: 1000}}, {retry: {attempts: 3, backoff: 100ms}}, {breaker: {failures: 5, open: 60s}}]
    """
  static let openBreaker = """
    [{deadline: 10s}, {retry: {attempts: 2, backoff: 1ms}}, {breaker: {failures: 1, open: 24h}}, {timeout: 1s}]
    """
  /// A breaker that a label chooses takes no short way.
  static let keyed = "[{breaker: {failures: 5, open: 60s, scope: {key: tenant}}}]"
  static let keyedBulkhead = "[{bulkhead: {concurrent: 8, scope: {key: tenant}}}]"
  static let lastGood = "[{fallback: {lastGood: {maxAge: 1h, key: none}}}]"
  static let deadline = """
    [{fallback: none}, {deadline: 10s}, {bulkhead: {concurrent: 1000}}, {retry: {attempts: 3, backoff: 100ms}}, \
    {breaker: {failures: 5, open: 60s}}]
    """
  static let observed = """
    [{fallback: none}, {deadline: {after: 10s, mode: observe}}, {bulkhead: {concurrent: 1000}}, \
    {retry: {attempts: 3, backoff: 100ms}}, {breaker: {failures: 5, open: 60s}}]
    """
}

extension Scenario {
  static let blockingCalls: [Scenario] = [
    .blocking("breaker, consecutive failures", Layers.consecutive, nanoseconds: 6),
    .blocking("breaker, last 100 calls", Layers.countWindow, nanoseconds: 8),
    .blocking("breaker, 10 s window", Layers.timeWindow, nanoseconds: 20),
    .blocking("retry, first try succeeds", Layers.retry, nanoseconds: 6),
    .blocking("bulkhead", Layers.bulkhead, nanoseconds: 8),
    .blocking("rate limiter", Layers.limiter, nanoseconds: 12),
    .blocking("fallback, bulkhead, retry, breaker", Layers.pipeline, nanoseconds: 20),
    .blocking("the same with a deadline that observes", Layers.observed, nanoseconds: 60),
    .blocking("keyed breaker, the ordinary way", Layers.keyed, nanoseconds: 500),
    .blocking("keyed bulkhead, the ordinary way", Layers.keyedBulkhead, nanoseconds: 500),
    .blocking("a fallback that keeps the last good value", Layers.lastGood, nanoseconds: 600),
    Scenario(.blocking, "rejection by an open breaker, as a value", .call(nanoseconds: 10)) {
      let breaker = Policies.open
      let now = TimeSource.system.now
      return .blocking { count in
        for _ in 0..<count {
          if case .reject(let rejection, _) = breaker.admit(at: now) {
            keep(Int64(truncatingIfNeeded: rejection.retryAfter ?? 0))
          }
        }
      }
    },
    .rejection("rejection by an open breaker, thrown", "[{breaker: {failures: 1, open: 24h}}]", nanoseconds: 40),
    .rejection("the same within limits and a retry", Layers.openBreaker, nanoseconds: 40),
    Scenario(.blocking, "the same within another call's limit", .call(nanoseconds: 100)) {
      let policy = try Policies.openHandle(Layers.openBreaker)
      let outer = try Policies.handle(Layers.observed)
      return .blocking { count in keep(Int64(try outer.runBlocking { rejections(count, by: policy) })) }
    },
  ]

  static let contendedCalls: [Scenario] = [
    .contended("breaker, consecutive failures", Layers.consecutive, .call(nanoseconds: 10)),
    .contended("breaker, last 100 calls", Layers.countWindow, .call(nanoseconds: 12)),
    .contended("breaker, 10 s window", Layers.timeWindow),
    .contended("bulkhead", Layers.bulkhead, .call(nanoseconds: 40)),
    .contended("fallback, bulkhead, retry, breaker", Layers.pipeline),
  ]

  private static func blocking(_ name: String, _ layers: String, nanoseconds: Double) -> Scenario {
    Scenario(.blocking, name, .call(nanoseconds: nanoseconds)) { .blocking(try calls(under: layers)) }
  }

  /// Calls of a breaker that one failure opened.
  private static func rejection(_ name: String, _ layers: String, nanoseconds: Double) -> Scenario {
    Scenario(.blocking, name, .call(nanoseconds: nanoseconds)) {
      let policy = try Policies.openHandle(layers)
      return .blocking { count in keep(Int64(rejections(count, by: policy))) }
    }
  }

  private static func rejections(_ count: Int, by policy: TypedPolicy<Int>) -> Int {
    for number in 0..<count {
      do { keep(Int64(try policy.runBlocking { try plain(number) })) } catch { keep(1) }
    }
    return count
  }

  private static func contended(_ name: String, _ layers: String, _ target: Target = .none) -> Scenario {
    Scenario(.contended, name, target) { .contended(try calls(under: layers)) }
  }

  private static func calls(under layers: String) throws -> @Sendable (Int) throws -> Void {
    let policy = try Policies.handle(layers)
    return { count in
      for number in 0..<count { keep(Int64(try policy.runBlocking { try plain(number) })) }
    }
  }
}
