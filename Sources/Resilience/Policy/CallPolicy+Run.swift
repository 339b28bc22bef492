public import ResilienceCore

extension CallPolicy {
  /// Runs `body` under this policy.
  ///
  /// The body runs where its caller runs and may use the caller's actor state; neither it nor its value need be sendable,
  /// and it never runs twice at once.
  ///
  /// - Parameters:
  ///   - labels: Choose the instances of keyed mechanisms: `["tenant": id]`.
  ///   - report: Is told what the call did, if it did more than succeed at once.
  ///   - body: The work; run again by a retry.
  /// - Returns: What the last body, or a fallback, returned.
  /// - Throws: The body's last error, unchanged, when the policy has nothing to say; ``ResilienceError`` when it has;
  ///   `CancellationError` when the caller was cancelled.
  @inlinable @inline(__always)
  public func run<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value
  ) async throws -> Value {
    try await operation.runJudged(labels, report, judge: { _ in nil }, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Runs `body` under this policy, where some values count as failures.
  ///
  /// See ``run(labels:report:_:)``.
  ///
  /// - Parameter classify: Says why a returned value is a failure; `nil` when it is none. Such a value is returned all the
  ///   same when the policy finds nothing better.
  @inlinable @inline(__always)
  public func run<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, classify: (Value) -> FailureFacts?,
    _ body: () async throws -> Value
  ) async throws -> Value {
    try await operation.runJudged(labels, report, judge: classify, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Runs `body` under this policy; a value that describes itself as a failure counts as one.
  ///
  /// See ``run(labels:report:_:)``. Such a value is returned all the same when the policy finds nothing better.
  @inlinable @inline(__always)
  public func run<Value: FailureDescribing>(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value
  ) async throws -> Value {
    try await operation.runJudged(
      labels, report, judge: { $0.failureFacts }, hasFallback: false, body, fallback: { throw $0 })
  }
}

// MARK: - With a fallback at the call

extension CallPolicy {
  /// Runs `body` under this policy, and `fallback` when the call fails.
  ///
  /// See ``run(labels:report:_:)``. The fallback is told the call's error and runs outside of the policy; it never stands in
  /// for a cancellation.
  ///
  /// - Throws: `CancellationError` when the caller was cancelled; ``ResilienceError`` with
  ///   ``ResilienceError/Code/fallbackFailed`` and both errors when the fallback throws too.
  @inlinable @inline(__always)
  public func run<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value,
    fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await operation.runJudged(labels, report, judge: { _ in nil }, hasFallback: true, body, fallback: fallback)
  }

  /// Runs `body` under this policy, and `fallback` when the call fails or its value counts as a failure.
  ///
  /// See ``run(labels:report:_:fallback:)``.
  ///
  /// - Parameter classify: Says why a returned value is a failure; `nil` when it is none.
  @inlinable @inline(__always)
  public func run<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, classify: (Value) -> FailureFacts?,
    _ body: () async throws -> Value, fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await operation.runJudged(labels, report, judge: classify, hasFallback: true, body, fallback: fallback)
  }

  /// Runs `body` under this policy, and `fallback` when the call fails or its value describes itself as a failure.
  ///
  /// See ``run(labels:report:_:fallback:)``.
  @inlinable @inline(__always)
  public func run<Value: FailureDescribing>(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () async throws -> Value,
    fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await operation.runJudged(
      labels, report, judge: { $0.failureFacts }, hasFallback: true, body, fallback: fallback)
  }
}
