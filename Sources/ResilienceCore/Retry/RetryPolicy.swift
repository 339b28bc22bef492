/// Whether, and after how long, an attempt that ended is followed by another.
///
/// Pure: it reads no clock and waits for nothing. Every wait is between zero and the backoff's own cap, for every attempt; a server's
/// hint is the one thing that makes it longer.
///
/// Immutable and shared by every layer that is made from the same definition.
package final class RetryPolicy: Hashable, Sendable {
  package let attempts: Int
  private let handle: FailureClasses
  /// The longest wait, in nanoseconds, that a server may ask for; `nil`: its wishes mean nothing.
  package let hintLimit: UInt64?
  private let backoff: Backoff
  private let jitter: RetrySettings.Jitter

  package init(_ settings: RetrySettings) {
    attempts = settings.attempts
    handle = settings.handle.subtracting([.rejected, .cancelled])
    hintLimit = settings.retryAfter?.nanoseconds
    backoff = Backoff(settings.backoff)
    jitter = settings.jitter
  }

  package static func == (left: RetryPolicy, right: RetryPolicy) -> Bool {
    left === right
      || left.attempts == right.attempts && left.handle == right.handle && left.hintLimit == right.hintLimit
        && left.backoff == right.backoff && left.jitter == right.jitter
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(attempts)
    hasher.combine(handle)
    hasher.combine(hintLimit)
    hasher.combine(backoff)
    hasher.combine(jitter)
  }

  /// The wait in nanoseconds before an attempt, counted from 1, when the wait before was `previous`.
  ///
  /// Chance is asked once, and not at all without jitter. Complexity: O(log attempt).
  package func delay(beforeAttempt attempt: Int, previous: UInt64, chance: Chance) -> UInt64 {
    let span = span(beforeAttempt: attempt, previous: previous)
    return span.upperBound - taken(from: span, chance: chance)
  }

  /// Asks, in this order, class, attempts, the server's hint, deadline and budget, so that a refusal for another reason costs the
  /// budget nothing.
  package func decide(_ situation: RetrySituation, budget: RetryBudget?, chance: Chance) -> RetryDecision {
    guard isRepeatable(situation) else { return .stop(.class) }
    guard situation.attempt < attempts else { return .stop(.attempts) }
    let hint = hintLimit == nil ? nil : situation.hint
    if let hint, let hintLimit, hint > hintLimit { return .stop(.retryAfter) }
    let wait = wait(after: situation, hint: hint, chance: chance)
    if let deadline = situation.deadline, situation.now.advanced(by: wait) >= deadline { return .stop(.deadline) }
    if let budget, !budget.take(at: situation.now) { return .stop(.budget) }
    return .retry(after: wait)
  }

  private func isRepeatable(_ situation: RetrySituation) -> Bool {
    guard situation.classes.isDisjoint(with: [.rejected, .cancelled]) else { return false }
    guard !situation.classes.isDisjoint(with: handle) else { return false }
    return situation.idempotency != .declared(false) || situation.safeToRepeat
  }

  /// The longer of the backoff and the hint. What jitter takes off the backoff it adds to the hint, so that callers who were
  /// given the same hint come back spread, and never before it.
  private func wait(after situation: RetrySituation, hint: UInt64?, chance: Chance) -> UInt64 {
    let next = situation.attempt.addingReportingOverflow(1).partialValue
    let span = span(beforeAttempt: next, previous: situation.previousDelay)
    let taken = taken(from: span, chance: chance)
    let drawn = span.upperBound - taken
    guard let hint else { return drawn }
    return max(drawn, hint.addingSaturated(taken))
  }

  /// Between what and what the wait is drawn.
  private func span(beforeAttempt attempt: Int, previous: UInt64) -> ClosedRange<UInt64> {
    let whole = backoff.delay(beforeAttempt: attempt)
    switch jitter {
    case .none:
      return whole...whole
    case .full:
      return 0...whole
    case .equal:
      return whole / 2...whole
    case .share(let ratio):
      return whole - whole.share(ratio)...whole
    case .decorrelated:
      let top = min(backoff.max, max(previous, backoff.initial).multipliedSaturated(by: 3))
      return min(backoff.initial, top)...top
    }
  }

  private func taken(from span: ClosedRange<UInt64>, chance: Chance) -> UInt64 {
    let width = span.upperBound - span.lowerBound
    return width == 0 ? 0 : chance.draw(0...width)
  }
}
