public import ResilienceCore

/// The one way in for all calls that `run` and `runBlocking` start.
///
/// Inlined into the caller, where the body is called without a detour: begin, body, end. All that happens when a call does not go right at once
/// is in functions that callers do not see into: specialised there, they would add reference counting to the calls that do.
extension OperationPolicy {
  /// - Parameters:
  ///   - judge: Says why a value is a failure.
  ///   - hasFallback: Whether `fallback` stands in for failures; else it is never called.
  @inlinable @inline(__always)
  func runJudged<Value>(
    _ labels: [String: String], _ report: CallReport?, judge: (Value) -> FailureFacts?, hasFallback: Bool,
    _ body: () async throws -> Value, fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    // A report tells when attempts began, and the short way does not look at the clock.
    let call = report == nil ? enter() : PassiveCall.none
    guard call.runsBody else {
      if !hasFallback { try throwRejection(of: call) }
      return try await begin(call, labels, report, judge, hasFallback, body, fallback)
    }
    let value: Value
    do {
      value = try await body()
    } catch {
      return try await recover(call, from: error, labels, judge, hasFallback, body, fallback)
    }
    if let facts = judge(value) {
      return try await settle(call, value, facts, labels, judge, hasFallback, body, fallback)
    }
    if leave(call) { return value }
    return try await settle(call, value, nil, labels, judge, hasFallback, body, fallback)
  }

  /// As ``runJudged(_:_:judge:hasFallback:_:fallback:)``, on this thread.
  @inlinable @inline(__always)
  func runBlockingJudged<Value>(
    _ labels: [String: String], _ report: CallReport?, judge: (Value) -> FailureFacts?, hasFallback: Bool,
    _ body: () throws -> Value, fallback: (any Error) throws -> Value
  ) throws -> Value {
    let call = report == nil ? enter() : PassiveCall.none
    guard call.runsBody else {
      if !hasFallback { try throwRejection(of: call) }
      return try beginBlocking(call, labels, report, judge, hasFallback, body, fallback)
    }
    let value: Value
    do {
      value = try body()
    } catch {
      return try recoverBlocking(call, from: error, labels, judge, hasFallback, body, fallback)
    }
    if let facts = judge(value) {
      return try settleBlocking(call, value, facts, labels, judge, hasFallback, body, fallback)
    }
    if leave(call) { return value }
    return try settleBlocking(call, value, nil, labels, judge, hasFallback, body, fallback)
  }
}

// MARK: - What callers do not see into

extension OperationPolicy {
  @usableFromInline @inline(never)
  func enter() -> PassiveCall { PassiveCall.enter(entry.slot) }

  @usableFromInline @inline(never)
  func leave(_ call: PassiveCall) -> Bool { call.leave(entry.slot) }

  /// The plan of a call on the short way, kept, which the call goes on under.
  private func keptPlan(of call: PassiveCall) throws(ResilienceError) -> Plan {
    guard let plan = call.counted else { return try entry.rules().plan }
    call.endReading(entry.slot)
    return plan
  }

  /// Ends a call that an open breaker stopped, if that is all there is to say of it. Apart from what is generic, which looks up the types of
  /// its values first.
  @usableFromInline @inline(never)
  func throwRejection(of call: PassiveCall) throws {
    guard let rejection = call.rejection else { return }
    call.endReading(entry.slot)
    throw rejection
  }

  @usableFromInline @inline(never) @_semantics("optimize.sil.specialize.generic.never")
  func begin<Value>(
    _ call: PassiveCall, _ labels: [String: String], _ report: CallReport?, _ judge: (Value) -> FailureFacts?,
    _ hasFallback: Bool, _ body: () async throws -> Value, _ fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    let plan = try keptPlan(of: call)
    if call.hasBegun {
      return try await call.resume(
        .notStarted, under: plan, labels: labels, report: report, judge: judge, hasFallback: hasFallback, body,
        fallback: fallback)
    }
    guard hasFallback else { return try await plan.run(labels: labels, report: report, judge: judge, body) }
    return try await plan.run(labels: labels, report: report, judge: judge, body, fallback: fallback)
  }

  @usableFromInline @inline(never) @_semantics("optimize.sil.specialize.generic.never")
  func recover<Value>(
    _ call: PassiveCall, from error: any Error, _ labels: [String: String], _ judge: (Value) -> FailureFacts?,
    _ hasFallback: Bool, _ body: () async throws -> Value, _ fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await call.resume(
      .error(error), under: keptPlan(of: call), labels: labels, report: nil, judge: judge, hasFallback: hasFallback,
      body, fallback: fallback)
  }

  @usableFromInline @inline(never) @_semantics("optimize.sil.specialize.generic.never")
  func settle<Value>(
    _ call: PassiveCall, _ value: Value, _ facts: FailureFacts?, _ labels: [String: String],
    _ judge: (Value) -> FailureFacts?, _ hasFallback: Bool, _ body: () async throws -> Value,
    _ fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    try await call.resume(
      .value(value, facts), under: keptPlan(of: call), labels: labels, report: nil, judge: judge,
      hasFallback: hasFallback, body, fallback: fallback)
  }

  @usableFromInline @inline(never) @_semantics("optimize.sil.specialize.generic.never")
  func beginBlocking<Value>(
    _ call: PassiveCall, _ labels: [String: String], _ report: CallReport?, _ judge: (Value) -> FailureFacts?,
    _ hasFallback: Bool, _ body: () throws -> Value, _ fallback: (any Error) throws -> Value
  ) throws -> Value {
    let plan = try keptPlan(of: call)
    if call.hasBegun {
      return try call.resumeBlocking(
        .notStarted, under: plan, labels: labels, report: report, judge: judge, hasFallback: hasFallback, body,
        fallback: fallback)
    }
    guard hasFallback else { return try plan.runBlocking(labels: labels, report: report, judge: judge, body) }
    return try plan.runBlocking(labels: labels, report: report, judge: judge, body, fallback: fallback)
  }

  @usableFromInline @inline(never) @_semantics("optimize.sil.specialize.generic.never")
  func recoverBlocking<Value>(
    _ call: PassiveCall, from error: any Error, _ labels: [String: String], _ judge: (Value) -> FailureFacts?,
    _ hasFallback: Bool, _ body: () throws -> Value, _ fallback: (any Error) throws -> Value
  ) throws -> Value {
    try call.resumeBlocking(
      .error(error), under: keptPlan(of: call), labels: labels, report: nil, judge: judge, hasFallback: hasFallback,
      body, fallback: fallback)
  }

  @usableFromInline @inline(never) @_semantics("optimize.sil.specialize.generic.never")
  func settleBlocking<Value>(
    _ call: PassiveCall, _ value: Value, _ facts: FailureFacts?, _ labels: [String: String],
    _ judge: (Value) -> FailureFacts?, _ hasFallback: Bool, _ body: () throws -> Value,
    _ fallback: (any Error) throws -> Value
  ) throws -> Value {
    try call.resumeBlocking(
      .value(value, facts), under: keptPlan(of: call), labels: labels, report: nil, judge: judge,
      hasFallback: hasFallback, body, fallback: fallback)
  }
}
