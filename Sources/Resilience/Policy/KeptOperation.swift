public import ResilienceCore

/// An operation that an engine keeps, for the time of one call by its name: nothing is counted as long as the call goes right.
///
/// The entry stays as long as the engine, so whoever makes one of these holds the engine until the call has ended.
@frozen @usableFromInline struct KeptOperation: CallSource {
  @usableFromInline let entry: UncountedReference<OperationEntry>

  @inlinable @inline(__always)
  init(_ entry: UncountedReference<OperationEntry>) { self.entry = entry }

  @inlinable @inline(__always)
  func enter() -> PassiveCall { entry.look { PassiveCall.enter($0.slot) } }

  @inlinable @inline(__always)
  func leave(_ call: PassiveCall) -> Bool { entry.look { call.leave($0.slot) } }

  @usableFromInline @inline(never)
  func throwRejection(of call: PassiveCall) throws { try operation.throwRejection(of: call) }

  @usableFromInline var operation: OperationPolicy {
    @inline(never) get { OperationPolicy(entry.counted) }
  }
}

extension ResilienceEngine {
  /// The operation under a name of the file, if it was looked up before and may return anything.
  @usableFromInline @inline(never)
  func kept(_ operation: String) -> UncountedReference<OperationEntry>? {
    known.entry(of: operation, declared: Declaration.Key())
  }

  /// Looks a name up and runs a call under what it finds.
  ///
  /// What is not in the table is looked up as ``policy(_:)`` does it, and its call takes the long way, which decides the same.
  @inlinable @inline(__always)
  func runJudged<Value>(
    _ name: String, _ labels: [String: String], _ report: CallReport?, judge: (Value) -> FailureFacts?,
    hasFallback: Bool, _ body: () async throws -> Value, fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    guard let entry = kept(name) else {
      return try await policy(name).goOn(.none, after: nil, nil, labels, report, judge, hasFallback, body, fallback)
    }
    // Without this, code that this is inlined into could let the engine go before the body.
    defer { withExtendedLifetime(self) {} }
    return try await KeptOperation(entry).runJudged(
      labels, report, judge: judge, hasFallback: hasFallback, body, fallback: fallback)
  }

  /// As ``runJudged(_:_:_:judge:hasFallback:_:fallback:)``, on this thread.
  @inlinable @inline(__always)
  func runBlockingJudged<Value>(
    _ name: String, _ labels: [String: String], _ report: CallReport?, judge: (Value) -> FailureFacts?,
    hasFallback: Bool, _ body: () throws -> Value, fallback: (any Error) throws -> Value
  ) throws -> Value {
    guard let entry = kept(name) else {
      return try policy(name).goOnBlocking(.none, after: nil, nil, labels, report, judge, hasFallback, body, fallback)
    }
    defer { withExtendedLifetime(self) {} }
    return try KeptOperation(entry).runBlockingJudged(
      labels, report, judge: judge, hasFallback: hasFallback, body, fallback: fallback)
  }
}
