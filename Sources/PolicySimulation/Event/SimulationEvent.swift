/// One thing that happened in a simulation.
package struct SimulationEvent: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case callStarted
    case attemptStarted
    case attemptEnded(AttemptOutcome, errorClass: String?)
    case retryScheduled(delay: UInt64)
    case retryStopped(reason: String)
    case rejected(reason: String, retryAfter: UInt64?)
    case timedOut
    case hedgeStarted
    case hedgeWon
    case fallbackServed(kind: String)
    case breakerState(from: String, to: String)
    /// A result of an older generation, which counts for nothing.
    case breakerLate
    case reloadApplied
    case reloadRejected
    case callEnded(CallOutcome, attempts: Int, took: UInt64)
  }

  /// Nanoseconds from the beginning of the simulation.
  package let at: UInt64
  /// The number of the call, from 1.
  package let call: Int?
  /// The number of the call's attempt, from 1.
  package let attempt: Int?
  package let layer: String?
  package let name: String?
  package let kind: Kind

  package init(
    _ kind: Kind, at: UInt64, call: Int? = nil, attempt: Int? = nil, layer: String? = nil, name: String? = nil
  ) {
    self.kind = kind
    self.at = at
    self.call = call
    self.attempt = attempt
    self.layer = layer
    self.name = name
  }
}

/// How an attempt ended, as the mechanisms of its call see it.
package enum AttemptOutcome: String, Hashable, Sendable {
  case success, failure, ignored, cancelled
}

/// How a call ended for its caller.
package enum CallOutcome: Int, Hashable, Sendable, CaseIterable {
  case success, fallback, failure, timeout, rejected, cancelled

  package var word: String {
    switch self {
    case .success: "success"
    case .fallback: "fallback"
    case .failure: "failure"
    case .timeout: "timeout"
    case .rejected: "rejected"
    case .cancelled: "cancelled"
    }
  }
}
