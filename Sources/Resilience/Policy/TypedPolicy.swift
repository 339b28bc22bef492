public import ResilienceCore

/// The policy of one operation whose calls return values of one type, which fallbacks of the file can then make, keep and
/// serve.
///
/// Looked up once and good for the engine's life, like ``OperationPolicy``; everything said there of running bodies holds.
public struct TypedPolicy<Value: Sendable>: Sendable {
  private let entry: OperationEntry

  init(_ entry: OperationEntry) { self.entry = entry }

  /// The operation's name.
  public var name: String { entry.name }

  private var plan: Plan { get throws(ResilienceError) { try entry.rules().plan } }
}

extension TypedPolicy {
  /// Runs `body` under this policy. See ``CallPolicy/run(labels:report:_:)``.
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value
  ) async throws -> Value {
    try await plan.run(labels: labels, report: report, judge: { _ in nil }, body)
  }

  /// Runs `body`, where some values count as failures. See ``CallPolicy/run(labels:report:classify:_:)``.
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, classify: (Value) -> FailureFacts?,
    _ body: () async throws -> Value
  ) async throws -> Value {
    try await plan.run(labels: labels, report: report, judge: classify, body)
  }

  /// Runs `body`, and `fallback` when the call and all fallbacks of the file fail. See
  /// ``CallPolicy/run(labels:report:_:fallback:)``.
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value,
    fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await plan.run(labels: labels, report: report, judge: { _ in nil }, body, fallback: fallback)
  }

  /// Runs `body`, where some values count as failures, and `fallback` when everything else fails. See
  /// ``CallPolicy/run(labels:report:classify:_:fallback:)``.
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, classify: (Value) -> FailureFacts?,
    _ body: () async throws -> Value, fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await plan.run(labels: labels, report: report, judge: classify, body, fallback: fallback)
  }

  /// Runs `body` on this thread. See ``CallPolicy/runBlocking(labels:report:_:)``.
  public func runBlocking(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value
  ) throws -> Value {
    try plan.runBlocking(labels: labels, report: report, judge: { _ in nil }, body)
  }

  /// Runs `body` on this thread, where some values count as failures. See
  /// ``CallPolicy/runBlocking(labels:report:classify:_:)``.
  public func runBlocking(
    labels: [String: String] = [:], report: CallReport? = nil, classify: (Value) -> FailureFacts?,
    _ body: () throws -> Value
  ) throws -> Value {
    try plan.runBlocking(labels: labels, report: report, judge: classify, body)
  }

  /// Runs `body` on this thread, and `fallback` when everything else fails. See
  /// ``CallPolicy/runBlocking(labels:report:_:fallback:)``.
  public func runBlocking(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value,
    fallback: (any Error) throws -> Value
  ) throws -> Value {
    try plan.runBlocking(labels: labels, report: report, judge: { _ in nil }, body, fallback: fallback)
  }

  /// Runs `body` on this thread, where some values count as failures, and `fallback` when everything else fails. See
  /// ``CallPolicy/runBlocking(labels:report:classify:_:fallback:)``.
  public func runBlocking(
    labels: [String: String] = [:], report: CallReport? = nil, classify: (Value) -> FailureFacts?,
    _ body: () throws -> Value, fallback: (any Error) throws -> Value
  ) throws -> Value {
    try plan.runBlocking(labels: labels, report: report, judge: classify, body, fallback: fallback)
  }
}

// MARK: - Values that describe themselves

extension TypedPolicy where Value: FailureDescribing {
  /// Runs `body`; a value that describes itself as a failure counts as one.
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value
  ) async throws -> Value {
    try await plan.run(labels: labels, report: report, judge: { $0.failureFacts }, body)
  }

  /// Runs `body`, and `fallback` when the call and all fallbacks of the file fail.
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value,
    fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await plan.run(labels: labels, report: report, judge: { $0.failureFacts }, body, fallback: fallback)
  }

  /// Runs `body` on this thread; a value that describes itself as a failure counts as one.
  public func runBlocking(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value
  ) throws -> Value {
    try plan.runBlocking(labels: labels, report: report, judge: { $0.failureFacts }, body)
  }

  /// Runs `body` on this thread, and `fallback` when the call and all fallbacks of the file fail.
  public func runBlocking(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value,
    fallback: (any Error) throws -> Value
  ) throws -> Value {
    try plan.runBlocking(labels: labels, report: report, judge: { $0.failureFacts }, body, fallback: fallback)
  }
}
