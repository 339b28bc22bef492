public import ResilienceCore

/// The policy of one operation whose bodies may outlive their call and run several times at once, as timeouts that abandon and
/// hedges demand.
///
/// Looked up once and good for the engine's life, like ``OperationPolicy``.
public struct ConcurrentPolicy<Value: Sendable>: Sendable {
  private let entry: OperationEntry

  init(_ entry: OperationEntry) { self.entry = entry }

  /// The operation's name.
  public var name: String { entry.name }

  private var plan: Plan { get throws(ResilienceError) { try entry.rules().plan } }
}

extension ConcurrentPolicy {
  /// Runs `body` under this policy. It may go on after the call has ended: a timeout that abandons returns at its instant,
  /// and a hedge returns with the first success; bodies that nobody waits for are cancelled, and keep their places in
  /// bulkheads until they end. See ``CallPolicy/run(labels:report:_:)``.
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await plan.runConcurrently(labels: labels, report: report, judge: { _ in nil }, body)
  }

  /// Runs `body`, where some values count as failures. See ``CallPolicy/run(labels:report:classify:_:)``.
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, classify: @escaping @Sendable (Value) -> FailureFacts?,
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await plan.runConcurrently(labels: labels, report: report, judge: classify, body)
  }

  /// Runs `body`, and `fallback` when the call and all fallbacks of the file fail. See
  /// ``CallPolicy/run(labels:report:_:fallback:)``.
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: @escaping @Sendable () async throws -> Value,
    fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await plan.runConcurrently(
      labels: labels, report: report, judge: { _ in nil }, body, fallback: fallback)
  }

  /// Runs `body`, where some values count as failures, and `fallback` when everything else fails. See
  /// ``CallPolicy/run(labels:report:classify:_:fallback:)``.
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, classify: @escaping @Sendable (Value) -> FailureFacts?,
    _ body: @escaping @Sendable () async throws -> Value, fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await plan.runConcurrently(labels: labels, report: report, judge: classify, body, fallback: fallback)
  }
}

// MARK: - Values that describe themselves

extension ConcurrentPolicy where Value: FailureDescribing {
  /// Runs `body`; a value that describes itself as a failure counts as one.
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await plan.runConcurrently(labels: labels, report: report, judge: { $0.failureFacts }, body)
  }

  /// Runs `body`, and `fallback` when the call and all fallbacks of the file fail.
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: @escaping @Sendable () async throws -> Value,
    fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await plan.runConcurrently(
      labels: labels, report: report, judge: { $0.failureFacts }, body, fallback: fallback)
  }
}
