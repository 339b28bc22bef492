internal import ResilienceCore

extension World {
  /// Starts the body of a call's next attempt.
  mutating func startBody(_ slot: UInt32) {
    let attempt: CalleeAttempt
    countAttempt(slot)
    if isQuiet(slot) {
      attempt = CalleeAttempt(.success)
    } else {
      let number = pool[slot].number
      let index = pool[slot].attempt
      attempt = load.attempt(index, ofCall: number, at: now)
      recording.attemptStarted(index, ofCall: number, at: now)
    }
    var body = RunningBody()
    body.end = attempt.end
    if attempt.end != .never { body.endsAt = now.addingSaturated(attempt.takes) }
    if pool[slot].call.plan.hasLimits { limit(&body, by: pool[slot].call.bodyLimit) }
    pool[slot].body = body
    pool[slot].stage = .body
    pool[slot].followsFailure = false
    appointBody(slot)
    forgetIfEndless(slot)
  }

  /// Among very many calls those to which nothing more can happen need no memory.
  private mutating func forgetIfEndless(_ slot: UInt32) {
    guard pool.count > Self.mostEndlessCalls, pool[slot].body.endsAt == .max, pool[slot].body.limitAt == .max,
      pool[slot].race == nil, !load.namesCalls
    else { return }
    pool.forget(slot)
    forgotten += 1
  }

  private static var mostEndlessCalls: Int { 1 << 16 }

  private func limit(_ body: inout RunningBody, by limit: BodyLimit) {
    body.toldAt = limit.told?.nanoseconds ?? .max
    guard let cancellation = limit.cancellation else { return }
    body.limitAt = cancellation.nanoseconds
    body.isAbandoned = limit.abandonAt.map { $0 <= cancellation } ?? false
  }

  private mutating func appointBody(_ slot: UInt32) {
    let ends = pool[slot].body.endsAt
    let limit = pool[slot].body.limitAt
    if ends <= limit { appoint(slot, at: ends, .ends) } else { appoint(slot, at: limit, .timers) }
  }

  /// A body ends by itself, or its limit has come.
  mutating func bodyIsDue(_ slot: UInt32) {
    if pool[slot].body.endsAt <= now {
      endBody(slot)
    } else {
      cutBody(slot)
    }
  }

  private mutating func endBody(_ slot: UInt32) {
    let isLate = pool[slot].body.toldAt < now
    let end: AttemptEnd
    switch pool[slot].body.end {
    case .success:
      end = .success
      if isLate { noteCut(slot) } else { note(slot, .success) }
    case .failure(let classIndex, let retryAfter):
      var classification = graphs[pool[slot].graph].classification(classIndex)
      classification.retryAfter = retryAfter
      end = .failure(classification)
      if isLate { noteCut(slot) } else { noteFailure(slot, classIndex, classification) }
    case .never: return
    }
    pool[slot].stage = .deciding
    proceed(slot, pool[slot].call.attemptEnded(end, at: instant))
  }

  /// A limit cancels a body, which ends at once.
  private mutating func cutBody(_ slot: UInt32) {
    noteCut(slot)
    pool[slot].stage = .deciding
    guard pool[slot].body.isAbandoned else {
      proceed(slot, pool[slot].call.attemptEnded(.cancelled, cancelledByLimit: true, at: instant))
      return
    }
    let (next, places) = pool[slot].call.bodyAbandoned(cancelled: false, at: instant)
    for place in places { place.leave() }
    proceed(slot, next)
  }

  /// The caller of a call is cancelled, or a leg is left, and with it the body.
  mutating func cancelBody(_ slot: UInt32) {
    let byLimit = pool[slot].left == .limit
    if byLimit { noteCut(slot) } else { note(slot, .cancelled) }
    _ = pool.newEpoch(slot)
    pool[slot].stage = .deciding
    proceed(slot, pool[slot].call.attemptEnded(.cancelled, cancelledByLimit: byLimit, at: instant))
  }

  // MARK: What is told of it

  private mutating func noteCut(_ slot: UInt32) {
    pool[slot].followsFailure = true
    note(slot, .failure, "timeout")
  }

  private mutating func noteFailure(_ slot: UInt32, _ classIndex: Int, _ classification: Classification) {
    pool[slot].followsFailure = true
    let name = classes.indices.contains(classIndex) ? classes[classIndex] : "other"
    note(slot, classification.isIgnored ? .ignored : .failure, name)
  }

  private mutating func note(_ slot: UInt32, _ outcome: AttemptOutcome, _ errorClass: String? = nil) {
    guard !isQuiet(slot), recording.isWatched else { return }
    recording.note(
      .attemptEnded(outcome, errorClass: errorClass), at: now, call: pool[slot].number,
      attempt: pool[slot].attempt)
  }
}
