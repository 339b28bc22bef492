/// What limits one body.
package struct BodyLimit {
  /// When the body is cancelled and awaited.
  package var cancelAt: Instant?
  /// When the caller stops waiting for the body.
  package var abandonAt: Instant?
  /// What the body is told: the earliest of all limits, those of calls around this one included.
  package var told: Instant?
  /// Whether any of these limits cancels the body, those included that others see to.
  package var cancels = false

  /// When the body is cancelled, whoever waits for it.
  package var cancellation: Instant? {
    guard let cancelAt else { return abandonAt }
    return abandonAt.map { min($0, cancelAt) } ?? cancelAt
  }
}

/// A limit that has passed: the layer that set it (`nil`: a call around this one), and its instant.
struct PassedLimit {
  let layer: Int?
  let instant: Instant
}

extension Call {
  /// The limits of the body that is about to run.
  package var bodyLimit: BodyLimit {
    var limit = BodyLimit(told: inherited?.instant)
    for index in 0..<innermost {
      guard let own = plan.layers[index].limit else { continue }
      let instant = Instant(nanoseconds: states[index].first)
      limit.told = earliest(limit.told, instant)
      if own.mode != .observe { limit.cancels = true }
      guard index >= outermost else { continue }
      switch own.mode {
      case .cooperative: limit.cancelAt = earliest(limit.cancelAt, instant)
      case .abandon: limit.abandonAt = earliest(limit.abandonAt, instant)
      case .observe: break
      }
    }
    return limit
  }

  /// The earliest limit that bounds what happens at `layer`.
  func limit(outside layer: Int) -> Instant? {
    var earliest = inherited?.instant
    for index in 0..<layer where plan.layers[index].limit != nil {
      earliest = self.earliest(earliest, Instant(nanoseconds: states[index].first))
    }
    return earliest
  }

  /// The earliest limit outside of `layer` that has come at `now`, the very instant included.
  @inline(__always)
  func limitPassed(at now: Instant, outside layer: Int) -> PassedLimit? {
    passed(outside: layer) { $0 <= now }
  }

  /// The earliest limit that the body's end at `now` missed: later than the instant, or at the instant because of it.
  @inline(__always)
  func limitMissed(at now: Instant, succeeded: Bool, cancelledByLimit: Bool) -> PassedLimit? {
    let endedByLimit = cancelledByLimit && !succeeded
    return passed(outside: innermost) { endedByLimit ? $0 <= now : $0 < now }
  }

  // Always inline, and so are those who ask: a call of it from a method that changes the call would copy all of it first.
  @inline(__always)
  private func passed(outside layer: Int, _ hasCome: (Instant) -> Bool) -> PassedLimit? {
    var found: PassedLimit?
    if let instant = inherited?.instant, hasCome(instant) { found = PassedLimit(layer: nil, instant: instant) }
    for index in 0..<layer where plan.layers[index].limit != nil {
      let instant = Instant(nanoseconds: states[index].first)
      guard hasCome(instant) else { continue }
      if let earlier = found, earlier.instant <= instant { continue }
      found = PassedLimit(layer: index, instant: instant)
    }
    return found
  }

  func earliest(_ one: Instant?, _ other: Instant?) -> Instant? {
    guard let one else { return other }
    guard let other else { return one }
    return min(one, other)
  }

  /// Goes up with a timeout that nobody inside answers for.
  mutating func timeOut(by passed: PassedLimit, at now: Instant, ascendingFrom layer: Int) -> Next {
    cause = .timeout(layer: passed.layer)
    // What stands around a leg is told of once, by the call around it.
    if let owner = passed.layer, owner >= outermost, let limit = plan.layers[owner].limit {
      let late = passed.instant.nanoseconds(to: now)
      emit(
        .timedOut(
          after: Duration(nanoseconds: limit.after), elapsed: Duration(nanoseconds: limit.after.addingSaturated(late))),
        layer: owner, at: now)
    }
    return ascend(from: layer, at: now)
  }
}

extension Layer {
  /// The limit that a deadline or timeout sets; `nil` for other layers.
  var limit: Limit? {
    switch mechanism {
    case .deadline(let limit), .timeout(let limit): limit
    default: nil
    }
  }
}
