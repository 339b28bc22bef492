public import ResilienceCore

/// The one way in for all calls that `run` and `runBlocking` start.
///
/// Inlined into the caller, where the body is called without a detour: begin, body, end. All that happens when a call does not go right at once
/// is in functions that callers do not see into: specialised for their bodies, they would add reference counting to the calls that do.
extension CallSource {
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
      if !hasFallback, call.isStopped { try throwRejection(of: call) }
      return try await operation.goOn(call, after: nil, nil, labels, report, judge, hasFallback, body, fallback)
    }
    let value: Value
    do {
      value = try await body()
    } catch {
      return try await operation.goOn(call, after: .threw(error), nil, labels, nil, judge, hasFallback, body, fallback)
    }
    if let facts = judge(value) {
      return try await operation.goOn(
        call, after: .poor(facts, Value.self), value, labels, nil, judge, hasFallback, body, fallback)
    }
    if leave(call) { return value }
    return try await operation.goOn(call, after: .good, value, labels, nil, judge, hasFallback, body, fallback)
  }

  /// As ``runJudged(_:_:judge:hasFallback:_:fallback:)``, on this thread.
  @inlinable @inline(__always)
  func runBlockingJudged<Value>(
    _ labels: [String: String], _ report: CallReport?, judge: (Value) -> FailureFacts?, hasFallback: Bool,
    _ body: () throws -> Value, fallback: (any Error) throws -> Value
  ) throws -> Value {
    let call = report == nil ? enter() : PassiveCall.none
    guard call.runsBody else {
      if !hasFallback, call.isStopped { try throwRejection(of: call) }
      return try operation.goOnBlocking(call, after: nil, nil, labels, report, judge, hasFallback, body, fallback)
    }
    let value: Value
    do {
      value = try body()
    } catch {
      return try operation.goOnBlocking(
        call, after: .threw(error), nil, labels, nil, judge, hasFallback, body, fallback)
    }
    if let facts = judge(value) {
      return try operation.goOnBlocking(
        call, after: .poor(facts, Value.self), value, labels, nil, judge, hasFallback, body, fallback)
    }
    if leave(call) { return value }
    return try operation.goOnBlocking(call, after: .good, value, labels, nil, judge, hasFallback, body, fallback)
  }
}

// MARK: - What callers do not see into

extension OperationPolicy: CallSource {
  @inlinable @inline(__always)
  func enter() -> PassiveCall { PassiveCall.enter(entry.slot) }

  @inlinable @inline(__always)
  func leave(_ call: PassiveCall) -> Bool { call.leave(entry.slot) }

  @inlinable @inline(__always)
  func throwRejection(of call: PassiveCall) throws { try entry.slot.throwRejection(of: call) }

  @usableFromInline @inline(never)
  func removed() -> ResilienceError {
    ResilienceError(.operationRemoved, operation: name, layer: .operation, name: name)
  }
}

// MARK: - What callers have one of for each type

extension OperationPolicy {
  /// Conducts a call that something bounds, or that did not go right on the short way at once: makes the place for its value, in a frame whose
  /// size is known when the caller is compiled, and leaves all the rest to code that is the same for all types.
  ///
  /// - Parameters:
  ///   - outcome: How the body ended, if it ran; then `value` is what it returned.
  @inlinable @inline(never)
  func goOn<Value>(
    _ call: PassiveCall, after outcome: BodyOutcome?, _ value: Value?, _ labels: [String: String],
    _ report: CallReport?, _ judge: (Value) -> FailureFacts?, _ hasFallback: Bool, _ body: () async throws -> Value,
    _ fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    var place = ValuePlace(value)
    let left: LeftShortWay
    if report == nil, let bounded = entry.slot.bound(call) {
      if bounded.onlyTells {
        // Filling the place in a closure that is bound would take two frames more.
        let end: BodyOutcome
        do {
          let value = try await bounded.tell(body)
          end = place.take(value, judge(value))
        } catch {
          end = .threw(error)
        }
        guard let ended = bounded.end(after: end, entry.slot) else { return try place.taken() }
        left = LeftShortWay(call, bounded, end, ended: ended)
      } else {
        if !hasFallback, bounded.isStopped { try entry.slot.throwRejection(of: bounded) }
        left = LeftShortWay(call, bounded, outcome, ended: nil)
      }
    } else {
      left = LeftShortWay(call, nil, outcome, ended: nil)
    }
    let isDone = try await entry.slot.conduct(left, labels, report, hasFallback: hasFallback) {
      await place.fill(judge: judge, body)
    } place: {
      place.perform($0)
    } fallback: {
      place.value = try await fallback($0)
    }
    guard isDone else { throw removed() }
    return try place.taken()
  }

  /// As ``goOn(_:after:_:_:_:_:_:_:_:)``, on this thread.
  @inlinable @inline(never)
  func goOnBlocking<Value>(
    _ call: PassiveCall, after outcome: BodyOutcome?, _ value: Value?, _ labels: [String: String],
    _ report: CallReport?, _ judge: (Value) -> FailureFacts?, _ hasFallback: Bool, _ body: () throws -> Value,
    _ fallback: (any Error) throws -> Value
  ) throws -> Value {
    var place = ValuePlace(value)
    let left: LeftShortWay
    if report == nil, let bounded = entry.slot.bound(call) {
      if bounded.onlyTells {
        let end = place.fillBlocking(judge: judge) { try bounded.tellBlocking(body) }
        guard let ended = bounded.end(after: end, entry.slot) else { return try place.taken() }
        left = LeftShortWay(call, bounded, end, ended: ended)
      } else {
        if !hasFallback, bounded.isStopped { try entry.slot.throwRejection(of: bounded) }
        left = LeftShortWay(call, bounded, outcome, ended: nil)
      }
    } else {
      left = LeftShortWay(call, nil, outcome, ended: nil)
    }
    let isDone = try entry.slot.conductBlocking(left, labels, report, hasFallback: hasFallback) {
      place.fillBlocking(judge: judge, body)
    } place: {
      place.perform($0)
    } fallback: {
      place.value = try fallback($0)
    }
    guard isDone else { throw removed() }
    return try place.taken()
  }
}
