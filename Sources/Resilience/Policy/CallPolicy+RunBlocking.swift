public import ResilienceCore

extension CallPolicy {
  /// Runs `body` under this policy on this thread.
  ///
  /// A blocking body cannot be interrupted: a timeout or deadline only observes, and a body that ends late is a timeout.
  /// Waits block the thread.
  ///
  /// - Parameters:
  ///   - labels: Choose the instances of keyed mechanisms: `["tenant": id]`.
  ///   - report: Is told what the call did, if it did more than succeed at once.
  ///   - body: The work; run again by a retry.
  /// - Returns: What the last body, or a fallback, returned.
  /// - Throws: The body's last error, unchanged, when the policy has nothing to say; ``ResilienceError`` when it has.
  @inlinable @inline(__always)
  public func runBlocking<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value
  ) throws -> Value {
    try operation.runBlockingJudged(
      labels, report, judge: { _ in nil }, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Runs `body` on this thread, where some values count as failures.
  ///
  /// See ``runBlocking(labels:report:_:)``.
  ///
  /// - Parameter classify: Says why a returned value is a failure; `nil` when it is none. Such a value is returned all the
  ///   same when the policy finds nothing better.
  @inlinable @inline(__always)
  public func runBlocking<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, classify: (Value) -> FailureFacts?,
    _ body: () throws -> Value
  ) throws -> Value {
    try operation.runBlockingJudged(labels, report, judge: classify, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Runs `body` on this thread; a value that describes itself as a failure counts as one.
  ///
  /// See ``runBlocking(labels:report:_:)``. Such a value is returned all the same when the policy finds nothing better.
  @inlinable @inline(__always)
  public func runBlocking<Value: FailureDescribing>(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value
  ) throws -> Value {
    try operation.runBlockingJudged(
      labels, report, judge: { $0.failureFacts }, hasFallback: false, body, fallback: { throw $0 })
  }
}

// MARK: - With a fallback at the call

extension CallPolicy {
  /// Runs `body` on this thread, and `fallback` when the call fails.
  ///
  /// See ``runBlocking(labels:report:_:)``. The fallback is told the call's error and runs outside of the policy.
  ///
  /// - Throws: ``ResilienceError`` with ``ResilienceError/Code/fallbackFailed`` and both errors when the fallback throws
  ///   too; `CancellationError` when body or fallback throws one.
  @inlinable @inline(__always)
  public func runBlocking<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value,
    fallback: (any Error) throws -> Value
  ) throws -> Value {
    try operation.runBlockingJudged(labels, report, judge: { _ in nil }, hasFallback: true, body, fallback: fallback)
  }

  /// Runs `body` on this thread, and `fallback` when the call fails or its value counts as a failure.
  ///
  /// See ``runBlocking(labels:report:_:fallback:)``.
  ///
  /// - Parameter classify: Says why a returned value is a failure; `nil` when it is none.
  @inlinable @inline(__always)
  public func runBlocking<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, classify: (Value) -> FailureFacts?,
    _ body: () throws -> Value, fallback: (any Error) throws -> Value
  ) throws -> Value {
    try operation.runBlockingJudged(labels, report, judge: classify, hasFallback: true, body, fallback: fallback)
  }

  /// Runs `body` on this thread, and `fallback` when the call fails or its value describes itself as a failure.
  ///
  /// See ``runBlocking(labels:report:_:fallback:)``.
  @inlinable @inline(__always)
  public func runBlocking<Value: FailureDescribing>(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value,
    fallback: (any Error) throws -> Value
  ) throws -> Value {
    try operation.runBlockingJudged(
      labels, report, judge: { $0.failureFacts }, hasFallback: true, body, fallback: fallback)
  }
}
