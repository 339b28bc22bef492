/// Conducts the calls of a handle that do not go right on the short way at once.
///
/// Callers do not see into these functions: specialised for their bodies, they would add reference counting to the calls that do.
extension SwapCell where Value == Plan {
  /// Ends a call that an open breaker stopped, if that is all there is to say of it. By itself, since what is generic looks up the types of its
  /// values first.
  @usableFromInline @inline(never)
  package func throwRejection(of call: PassiveCall) throws {
    guard let rejection = call.rejection else { return }
    call.endReading(self)
    throw rejection
  }

  /// The same of a call within another call's limit.
  @usableFromInline @inline(never)
  package func throwRejection(of bounded: BoundedCall) throws { try throwRejection(of: bounded.call) }

  /// Goes on with a call whose plan bounds it, or begins one that a call around it bounds; `nil` when nothing does, or when it is not for the short way.
  ///
  /// - Parameter call: The call as ``PassiveCall/enter(_:)`` left it.
  @usableFromInline @inline(never)
  package func bound(_ call: PassiveCall) -> BoundedCall? {
    if call.isLimited { return BoundedCall.goOn(call) }
    return call.hasBegun ? nil : BoundedCall.enter(self)
  }

  /// Conducts a call to its end, from where the short way left it. When it returns, the value lies in its place.
  ///
  /// - Parameters:
  ///   - hasFallback: Whether the caller brings a fallback, which is `fallback`; else that is never called.
  ///   - attempt: Runs the body once.
  ///   - place: Where the value lies.
  /// - Returns: `false` when there is no plan any more, and nothing was done.
  @usableFromInline @inline(never)
  package func conduct(
    _ left: LeftShortWay, _ labels: [String: String], _ report: CallReport?, hasFallback: Bool,
    attempt: () async -> BodyOutcome, place: (ValueErrand) -> Bool, fallback: (any Error) async throws -> Void
  ) async throws -> Bool {
    guard let bounded = left.bounded, bounded.runsBody, left.outcome == nil else {
      return try await goOn(left, labels, report, hasFallback, attempt, place, fallback)
    }
    let outcome: BodyOutcome
    let end: TimedEnd
    if bounded.cancelAt < .distantFuture {
      let deadline = bounded.deadline(cancels: true)
      (outcome, end) = await withCancellation(
        at: bounded.cancelAt, telling: deadline, on: bounded.time, measures: false, attempt)
    } else {
      outcome = await attempt()
      end = bounded.measure(outcome)
    }
    if case .good = outcome, bounded.leave(self, after: end) { return true }
    let late = LeftShortWay(left.call, bounded, outcome, end)
    return try await goOn(late, labels, report, hasFallback, attempt, place, fallback)
  }

  /// As ``conduct(_:_:_:hasFallback:attempt:place:fallback:)``, on this thread, where nothing cancels a body.
  @usableFromInline @inline(never)
  package func conductBlocking(
    _ left: LeftShortWay, _ labels: [String: String], _ report: CallReport?, hasFallback: Bool,
    attempt: () -> BodyOutcome, place: (ValueErrand) -> Bool, fallback: (any Error) throws -> Void
  ) throws -> Bool {
    guard let bounded = left.bounded, bounded.runsBody, left.outcome == nil else {
      return try goOnBlocking(left, labels, report, hasFallback, attempt, place, fallback)
    }
    let outcome = bounded.tells ? bounded.tellBlocking(attempt) : attempt()
    guard let ended = bounded.end(after: outcome, self) else { return true }
    let late = LeftShortWay(left.call, bounded, outcome, ended: ended)
    return try goOnBlocking(late, labels, report, hasFallback, attempt, place, fallback)
  }

  // MARK: The long way

  @inline(never)
  private func goOn(
    _ left: LeftShortWay, _ labels: [String: String], _ report: CallReport?, _ hasFallback: Bool,
    _ attempt: () async -> BodyOutcome, _ place: (ValueErrand) -> Bool, _ fallback: (any Error) async throws -> Void
  ) async throws -> Bool {
    guard let plan = plan(for: left) else { return false }
    do {
      if left.call.hasBegun {
        try await left.goOn(
          under: plan, labels, report, failedValueThrows: hasFallback, attempt: attempt, place: place)
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
    guard let plan = plan(for: left) else { return false }
    do {
      if left.call.hasBegun {
        try left.goOnBlocking(
          under: plan, labels, report, failedValueThrows: hasFallback, attempt: attempt, place: place)
      } else {
        try plan.conductBlocking(labels, report, failedValueThrows: hasFallback, attempt: attempt, place: place)
      }
    } catch  where hasFallback {
      try plan.standInBlocking(for: error, report, fallback)
    }
    return true
  }

  /// The plan of a call, kept: that under which it began, or the one that stands here now.
  private func plan(for left: LeftShortWay) -> Plan? {
    guard left.call.hasBegun else { return value }
    defer { left.call.endReading(self) }
    return left.call.counted
  }
}
