/// Conducts the calls of a handle that do not go right on the short way at once.
///
/// Callers do not see into these functions: specialised for their bodies, they would add reference counting to the calls that do.
extension SwapCell where Value == Plan {
  /// Conducts a call to its end, from where the short way left it. When it returns, the value lies in its place.
  ///
  /// - Parameters:
  ///   - call: Has not begun, or was stopped by a layer, or its body has ended as `outcome` says.
  ///   - report: Tells when attempts began, so that a call with one takes the long way.
  ///   - hasFallback: Whether the caller brings a fallback, which is `fallback`; else that is never called.
  ///   - attempt: Runs the body once.
  ///   - place: Where the value lies.
  /// - Returns: `false` when there is no plan any more, and nothing was done.
  @usableFromInline @inline(never)
  package func conduct(
    _ call: PassiveCall, after outcome: BodyOutcome?, _ labels: [String: String], _ report: CallReport?,
    hasFallback: Bool, attempt: () async -> BodyOutcome, place: (ValueErrand) -> Bool,
    fallback: (any Error) async throws -> Void
  ) async throws -> Bool {
    guard !call.hasBegun, report == nil, let bounded = BoundedCall.enter(self) else {
      return try await goOn(
        LeftShortWay(call: call, outcome: outcome), labels, report, hasFallback, attempt, place, fallback)
    }
    guard bounded.runsBody else {
      return try await goOn(bounded.left(nil, nil), labels, report, hasFallback, attempt, place, fallback)
    }
    let (outcome, end) = await bounded.limit.run(attempt, within: bounded.inherited?.instant, on: bounded.time)
    if case .good = outcome, bounded.leave(self, at: end.ended) { return true }
    return try await goOn(bounded.left(outcome, end), labels, report, hasFallback, attempt, place, fallback)
  }

  /// As ``conduct(_:after:_:_:hasFallback:attempt:place:fallback:)``, on this thread.
  @usableFromInline @inline(never)
  package func conductBlocking(
    _ call: PassiveCall, after outcome: BodyOutcome?, _ labels: [String: String], _ report: CallReport?,
    hasFallback: Bool, attempt: () -> BodyOutcome, place: (ValueErrand) -> Bool,
    fallback: (any Error) throws -> Void
  ) throws -> Bool {
    guard !call.hasBegun, report == nil, let bounded = BoundedCall.enter(self) else {
      return try goOnBlocking(
        LeftShortWay(call: call, outcome: outcome), labels, report, hasFallback, attempt, place, fallback)
    }
    guard bounded.runsBody else {
      return try goOnBlocking(bounded.left(nil, nil), labels, report, hasFallback, attempt, place, fallback)
    }
    let (outcome, end) = bounded.limit.runBlocking(attempt, within: bounded.inherited?.instant, on: bounded.time)
    if case .good = outcome, bounded.leave(self, at: end.ended) { return true }
    return try goOnBlocking(bounded.left(outcome, end), labels, report, hasFallback, attempt, place, fallback)
  }

  // MARK: The long way

  @inline(never)
  private func goOn(
    _ left: LeftShortWay, _ labels: [String: String], _ report: CallReport?, _ hasFallback: Bool,
    _ attempt: () async -> BodyOutcome, _ place: (ValueErrand) -> Bool, _ fallback: (any Error) async throws -> Void
  ) async throws -> Bool {
    guard let plan = try plan(for: left, hasFallback: hasFallback) else { return false }
    do {
      if left.call.hasBegun {
        try await plan.goOn(left, labels, report, failedValueThrows: hasFallback, attempt: attempt, place: place)
      } else {
        try await plan.conduct(labels, report, failedValueThrows: hasFallback, attempt: attempt, place: place)
      }
    } catch  where hasFallback {
      try await plan.standIn(for: error, report, fallback)
    }
    return true
  }

  @inline(never)
  private func goOnBlocking(
    _ left: LeftShortWay, _ labels: [String: String], _ report: CallReport?, _ hasFallback: Bool,
    _ attempt: () -> BodyOutcome, _ place: (ValueErrand) -> Bool, _ fallback: (any Error) throws -> Void
  ) throws -> Bool {
    guard let plan = try plan(for: left, hasFallback: hasFallback) else { return false }
    do {
      if left.call.hasBegun {
        try plan.goOnBlocking(left, labels, report, failedValueThrows: hasFallback, attempt: attempt, place: place)
      } else {
        try plan.conductBlocking(labels, report, failedValueThrows: hasFallback, attempt: attempt, place: place)
      }
    } catch  where hasFallback {
      try plan.standInBlocking(for: error, report, fallback)
    }
    return true
  }

  /// The plan of a call, kept: that under which it began, or the one that stands here now.
  ///
  /// - Throws: the rejection of an open breaker that stopped the call, if that is all there is to say of it.
  private func plan(for left: LeftShortWay, hasFallback: Bool) throws -> Plan? {
    guard left.call.hasBegun else { return value }
    defer { left.call.endReading(self) }
    if left.outcome == nil, !hasFallback, let rejection = left.call.rejection { throw rejection }
    return left.call.counted
  }
}

extension BoundedCall {
  fileprivate func left(_ outcome: BodyOutcome?, _ end: TimedEnd?) -> LeftShortWay {
    LeftShortWay(call: call, outcome: outcome, started: started, end: end, inherited: inherited)
  }
}
