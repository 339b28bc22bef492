public import ResilienceCore

/// The policy of one operation whose calls return values of one type, which fallbacks of the file can then make, keep and
/// serve.
///
/// Looked up once and good for the engine's life, like ``OperationPolicy``; everything said there of running bodies holds.
@frozen public struct TypedPolicy<Value: Sendable>: Sendable {
  /// The same operation, for values of any type: what runs the calls.
  @usableFromInline let untyped: OperationPolicy

  init(_ entry: OperationEntry) { untyped = OperationPolicy(entry) }

  /// The operation's name.
  public var name: String { untyped.name }
}

extension TypedPolicy {
  /// Runs `body` under this policy. See ``CallPolicy/run(labels:report:_:)``.
  @inlinable @inline(__always)
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value
  ) async throws -> Value {
    try await untyped.runJudged(
      labels, report, judge: { _ in nil }, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Runs `body`, where some values count as failures. See ``CallPolicy/run(labels:report:classify:_:)``.
  @inlinable @inline(__always)
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, classify: (Value) -> FailureFacts?,
    _ body: () async throws -> Value
  ) async throws -> Value {
    try await untyped.runJudged(
      labels, report, judge: classify, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Runs `body`, and `fallback` when the call and all fallbacks of the file fail. See
  /// ``CallPolicy/run(labels:report:_:fallback:)``.
  @inlinable @inline(__always)
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value,
    fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await untyped.runJudged(labels, report, judge: { _ in nil }, hasFallback: true, body, fallback: fallback)
  }

  /// Runs `body`, where some values count as failures, and `fallback` when everything else fails. See
  /// ``CallPolicy/run(labels:report:classify:_:fallback:)``.
  @inlinable @inline(__always)
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, classify: (Value) -> FailureFacts?,
    _ body: () async throws -> Value, fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await untyped.runJudged(labels, report, judge: classify, hasFallback: true, body, fallback: fallback)
  }

  /// Runs `body` on this thread. See ``CallPolicy/runBlocking(labels:report:_:)``.
  @inlinable @inline(__always)
  public func runBlocking(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value
  ) throws -> Value {
    try untyped.runBlockingJudged(
      labels, report, judge: { _ in nil }, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Runs `body` on this thread, where some values count as failures. See
  /// ``CallPolicy/runBlocking(labels:report:classify:_:)``.
  @inlinable @inline(__always)
  public func runBlocking(
    labels: [String: String] = [:], report: CallReport? = nil, classify: (Value) -> FailureFacts?,
    _ body: () throws -> Value
  ) throws -> Value {
    try untyped.runBlockingJudged(
      labels, report, judge: classify, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Runs `body` on this thread, and `fallback` when everything else fails. See
  /// ``CallPolicy/runBlocking(labels:report:_:fallback:)``.
  @inlinable @inline(__always)
  public func runBlocking(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value,
    fallback: (any Error) throws -> Value
  ) throws -> Value {
    try untyped.runBlockingJudged(labels, report, judge: { _ in nil }, hasFallback: true, body, fallback: fallback)
  }

  /// Runs `body` on this thread, where some values count as failures, and `fallback` when everything else fails. See
  /// ``CallPolicy/runBlocking(labels:report:classify:_:fallback:)``.
  @inlinable @inline(__always)
  public func runBlocking(
    labels: [String: String] = [:], report: CallReport? = nil, classify: (Value) -> FailureFacts?,
    _ body: () throws -> Value, fallback: (any Error) throws -> Value
  ) throws -> Value {
    try untyped.runBlockingJudged(labels, report, judge: classify, hasFallback: true, body, fallback: fallback)
  }
}

// MARK: - Values that describe themselves

extension TypedPolicy where Value: FailureDescribing {
  /// Runs `body`; a value that describes itself as a failure counts as one.
  @inlinable @inline(__always)
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value
  ) async throws -> Value {
    try await untyped.runJudged(
      labels, report, judge: { $0.failureFacts }, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Runs `body`, and `fallback` when the call and all fallbacks of the file fail.
  @inlinable @inline(__always)
  public func run(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value,
    fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await untyped.runJudged(labels, report, judge: { $0.failureFacts }, hasFallback: true, body, fallback: fallback)
  }

  /// Runs `body` on this thread; a value that describes itself as a failure counts as one.
  @inlinable @inline(__always)
  public func runBlocking(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value
  ) throws -> Value {
    try untyped.runBlockingJudged(
      labels, report, judge: { $0.failureFacts }, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Runs `body` on this thread, and `fallback` when the call and all fallbacks of the file fail.
  @inlinable @inline(__always)
  public func runBlocking(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value,
    fallback: (any Error) throws -> Value
  ) throws -> Value {
    try untyped.runBlockingJudged(
      labels, report, judge: { $0.failureFacts }, hasFallback: true, body, fallback: fallback)
  }
}
