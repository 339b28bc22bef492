public import ResilienceCore

/// Runs `body`, and runs it again after a wait when it throws.
///
/// ```swift
/// let page = try await autoRecover("fetch", .standard) { try await fetch(url) }
/// ```
/// - Parameters:
///   - name: The operation's name in errors.
///   - settings: How often, and after which waits.
///   - budget: Bounds the tries of everything that shares it.
///   - report: Is told what the call did, if it did more than succeed at once.
///   - time: Another clock, for tests.
///   - body: The work.
/// - Throws: The last error of `body`, unchanged; `CancellationError` when the caller was cancelled.
public func autoRecover<Value>(
  _ name: String, _ settings: RetrySettings = .standard, budget: RetryBudget? = nil, report: CallReport? = nil,
  on time: TimeSource = .system, _ body: () async throws -> Value
) async throws -> Value {
  let plan = Plan(name, .retry(RetryPolicy(settings), budget: budget), on: time)
  return try await plan.run(report: report, body)
}

/// Runs `body` and cancels it when it takes longer than `limit`.
///
/// The body is awaited however long it takes to notice; a value that it returns in time is the result. Calls inside it see
/// what is left in ``CallDeadline/current``.
///
/// - Parameters:
///   - limit: How long it may take.
///   - name: The operation's name in errors.
///   - time: Another clock, for tests.
///   - body: The work.
/// - Throws: ``ResilienceError`` with ``ResilienceError/Code/timedOut``; what `body` throws; `CancellationError` when the
///   caller was cancelled.
public func withDeadline<Value>(
  _ limit: Duration, _ name: String = "deadline", on time: TimeSource = .system, _ body: () async throws -> Value
) async throws -> Value {
  let plan = Plan(name, .deadline(Limit(TimeoutSettings(after: limit))), on: time)
  return try await plan.run(body)
}
