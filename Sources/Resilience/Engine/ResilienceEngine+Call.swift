public import ResilienceCore

/// Calls by a name that is known at run time only. Where it is known before, a handle of ``policy(_:)`` is faster still, and a misspelt name is an
/// error when the handle is made.
extension ResilienceEngine {
  /// Looks up the policy of an operation and runs `body` under it.
  ///
  /// As ``policy(_:)`` and ``CallPolicy/run(labels:report:classify:_:)``, without making a handle: a name of the file is found without a lock and
  /// without changing a reference count. A name that only fits a pattern is looked up under the engine's lock.
  ///
  /// - Parameters:
  ///   - operation: The operation's name.
  ///   - labels: Choose the instances of keyed mechanisms: `["tenant": id]`.
  ///   - report: Is told what the call did, if it did more than succeed at once.
  ///   - classify: Says why a returned value is a failure; `nil` when it is none.
  ///   - body: The work; run again by a retry.
  /// - Returns: What the last body, or a fallback, returned.
  /// - Throws: ``UnknownOperation`` when nothing in the file fits the name; ``PolicyFileError`` when the file asks for more than
  ///   ``policy(_:)`` declares; else as ``CallPolicy/run(labels:report:_:)``.
  @inlinable @inline(__always)
  public func run<Value>(
    _ operation: String, labels: [String: String] = [:], report: CallReport? = nil,
    classify: (Value) -> FailureFacts? = { _ in nil }, _ body: () async throws -> Value
  ) async throws -> Value {
    try await runJudged(
      operation, labels, report, judge: classify, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Looks up a policy and runs `body` under it; a value that describes itself as a failure counts as one.
  @inlinable @inline(__always)
  public func run<Value: FailureDescribing>(
    _ operation: String, labels: [String: String] = [:], report: CallReport? = nil,
    classify: (Value) -> FailureFacts? = { $0.failureFacts }, _ body: () async throws -> Value
  ) async throws -> Value {
    try await runJudged(
      operation, labels, report, judge: classify, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Looks up a policy and runs `body` under it, and `fallback` when the call fails.
  ///
  /// See ``CallPolicy/run(labels:report:_:fallback:)``. A name that is not known is no failure of a call: that is thrown.
  @inlinable @inline(__always)
  public func run<Value>(
    _ operation: String, labels: [String: String] = [:], report: CallReport? = nil,
    classify: (Value) -> FailureFacts? = { _ in nil }, _ body: () async throws -> Value,
    fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await runJudged(operation, labels, report, judge: classify, hasFallback: true, body, fallback: fallback)
  }

  /// Looks up a policy and runs `body` under it, and `fallback` when the call fails or its value describes itself as a failure.
  @inlinable @inline(__always)
  public func run<Value: FailureDescribing>(
    _ operation: String, labels: [String: String] = [:], report: CallReport? = nil,
    classify: (Value) -> FailureFacts? = { $0.failureFacts }, _ body: () async throws -> Value,
    fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await runJudged(operation, labels, report, judge: classify, hasFallback: true, body, fallback: fallback)
  }
}

// MARK: - On this thread

extension ResilienceEngine {
  /// Looks up the policy of an operation and runs `body` under it on this thread.
  ///
  /// As ``run(_:labels:report:classify:_:)``; of blocking bodies see ``CallPolicy/runBlocking(labels:report:_:)``.
  @inlinable @inline(__always)
  public func runBlocking<Value>(
    _ operation: String, labels: [String: String] = [:], report: CallReport? = nil,
    classify: (Value) -> FailureFacts? = { _ in nil }, _ body: () throws -> Value
  ) throws -> Value {
    try runBlockingJudged(
      operation, labels, report, judge: classify, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Looks up a policy and runs `body` under it on this thread; a value that describes itself as a failure counts as one.
  @inlinable @inline(__always)
  public func runBlocking<Value: FailureDescribing>(
    _ operation: String, labels: [String: String] = [:], report: CallReport? = nil,
    classify: (Value) -> FailureFacts? = { $0.failureFacts }, _ body: () throws -> Value
  ) throws -> Value {
    try runBlockingJudged(
      operation, labels, report, judge: classify, hasFallback: false, body, fallback: { throw $0 })
  }

  /// Looks up a policy and runs `body` under it on this thread, and `fallback` when the call fails.
  @inlinable @inline(__always)
  public func runBlocking<Value>(
    _ operation: String, labels: [String: String] = [:], report: CallReport? = nil,
    classify: (Value) -> FailureFacts? = { _ in nil }, _ body: () throws -> Value,
    fallback: (any Error) throws -> Value
  ) throws -> Value {
    try runBlockingJudged(operation, labels, report, judge: classify, hasFallback: true, body, fallback: fallback)
  }

  /// Looks up a policy and runs `body` under it on this thread, and `fallback` when the call fails or its value describes itself as a failure.
  @inlinable @inline(__always)
  public func runBlocking<Value: FailureDescribing>(
    _ operation: String, labels: [String: String] = [:], report: CallReport? = nil,
    classify: (Value) -> FailureFacts? = { $0.failureFacts }, _ body: () throws -> Value,
    fallback: (any Error) throws -> Value
  ) throws -> Value {
    try runBlockingJudged(operation, labels, report, judge: classify, hasFallback: true, body, fallback: fallback)
  }
}
