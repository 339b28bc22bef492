import CBenchmarkSupport
import Resilience
import ResilienceCore

extension Scenario {
  static let asynchronousCalls: [Scenario] = [
    .asynchronous("breaker, consecutive failures", Layers.consecutive),
    .asynchronous("fallback, bulkhead, retry, breaker", Layers.pipeline, .call(nanoseconds: 30)),
    .asynchronous("the same with a cancelling deadline", Layers.deadline, .call(nanoseconds: 1_200, allocations: 8)),
    .asynchronous("the same with a deadline that observes", Layers.observed, .call(nanoseconds: 60)),
    .asynchronous("keyed breaker, the ordinary way", Layers.keyed, .call(nanoseconds: 500)),
    Scenario(
      .asynchronous, "a task group that races a sleep, by hand", .call(nanoseconds: .infinity, allocations: .infinity)
    ) {
      .asynchronous { count in
        for number in 0..<count { keep(Int64(try await race { try await plainAsync(number) })) }
      }
    },
  ]

  private static func asynchronous(_ name: String, _ layers: String, _ target: Target = .none) -> Scenario {
    Scenario(.asynchronous, name, target) {
      let policy = try Policies.handle(layers)
      return .asynchronous { count in
        for number in 0..<count { keep(Int64(try await policy.run { try await plainAsync(number) })) }
      }
    }
  }
}

/// What people write who have no library: the body against a sleep, and whoever is first wins.
private func race<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
  try await withThrowingTaskGroup(of: Value.self) { group in
    group.addTask { try await body() }
    group.addTask {
      try await Task.sleep(for: .seconds(10))
      throw CancellationError()
    }
    defer { group.cancelAll() }
    guard let first = try await group.next() else { throw CancellationError() }
    return first
  }
}
