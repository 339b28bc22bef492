/// What a retry has to know of an attempt that ended.
package struct RetrySituation: Hashable, Sendable {
  /// What the failure is.
  package var classes: FailureClasses
  /// The attempt that just ended, from 1.
  package var attempt: Int
  /// The wait before that attempt, in nanoseconds; zero before the first.
  package var previousDelay: UInt64
  /// What the server said of when to come back, in nanoseconds.
  package var hint: UInt64?
  package var now: Instant
  package var deadline: Instant?
  package var idempotency: Idempotency
  /// Whether the failure is proof that the callee did no work.
  package var safeToRepeat: Bool

  package init(
    classes: FailureClasses, attempt: Int, previousDelay: UInt64 = 0, hint: UInt64? = nil, now: Instant,
    deadline: Instant? = nil, idempotency: Idempotency = .unknown, safeToRepeat: Bool = false
  ) {
    self.classes = classes
    self.attempt = attempt
    self.previousDelay = previousDelay
    self.hint = hint
    self.now = now
    self.deadline = deadline
    self.idempotency = idempotency
    self.safeToRepeat = safeToRepeat
  }
}

/// Whether an operation may run twice.
package enum Idempotency: Hashable, Sendable {
  /// Somebody said so, or said that it may not.
  case declared(Bool)
  /// Nobody said; it is taken as if it may.
  case unknown

  package static let safe = Idempotency.declared(true)
}

/// What comes after an attempt that ended.
package enum RetryDecision: Hashable, Sendable {
  /// Another attempt, so many nanoseconds from now.
  case retry(after: UInt64)
  /// None: the attempt's own error is the result.
  case stop(RetryStop)
}

/// Why there is no further attempt, in the order in which the reasons are asked.
package enum RetryStop: String, Hashable, Sendable, CaseIterable {
  /// The failure is not one that is tried again, or the operation must not run twice.
  case `class`
  case attempts
  /// The server asked for a longer wait than is obeyed.
  case retryAfter = "retry-after"
  /// The next attempt could not begin before the deadline.
  case deadline
  case budget
}
