/// What the shell of a call must do next.
package enum Next {
  /// Run the body, under the limits that ``Call/bodyLimit`` names, and tell ``Call/attemptEnded(_:at:)``.
  case attempt
  /// Wait until the instant, and tell ``Call/waitEnded(_:at:)``.
  case wait(until: Instant)
  /// Wait for the grant of a bulkhead's place, or until a limiter's slot comes, and tell ``Call/waitEnded(_:at:)``.
  case queue(Waiter, until: Instant?)
  /// Do what the race of a hedge asks for. Only a call that was made with `hedging` answers this.
  ///
  /// Indirect, so that the answers of all other calls stay a few words.
  indirect case hedge(HedgeStep)
  /// Take the value that a layer injects, and tell ``Call/valueInjected(_:at:)``.
  case inject(layer: Int)
  /// Make the fallback's value, and tell ``Call/fallbackEnded(_:at:)``.
  case fallback(layer: Int, step: Int)
  /// Return or throw what the verdict says.
  case finished(Verdict)
}

/// How a call ends.
package enum Verdict {
  /// The body's value.
  case success
  /// The last fallback's value.
  case fallback
  /// The body's own last error.
  case bodyFailed
  /// The failure that a layer injected.
  case injected(layer: Int)
  /// A layer turned the call away.
  case rejected(layer: Int, RejectionReason, retryAfter: UInt64?)
  /// The limit of a layer passed; `nil`: the limit of the call around this one.
  case timedOut(layer: Int?)
  /// A chain that handles the failure was tried in vain.
  case fallbackFailed(layer: Int)
  case cancelled
}

/// How one body ended, as the shell saw it.
package enum AttemptEnd {
  case success
  /// The body threw, or its value counts as a failure.
  case failure(Classification)
  case cancelled
}

/// Why a layer turned a call away, in the words of events.
package enum RejectionReason: String, Sendable {
  case breakerOpen = "breaker-open"
  case breakerProbing = "breaker-probing"
  case isolated
  case bulkheadFull = "bulkhead-full"
  case rateLimited = "rate-limited"

  init(_ reason: BreakerRejection.Reason) {
    switch reason {
    case .open: self = .breakerOpen
    case .probing: self = .breakerProbing
    case .isolated: self = .isolated
    }
  }

  package var code: ResilienceError.Code {
    switch self {
    case .breakerOpen, .breakerProbing: .circuitOpen
    case .isolated: .circuitIsolated
    case .bulkheadFull: .bulkheadFull
    case .rateLimited: .rateLimited
    }
  }
}
