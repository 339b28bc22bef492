package import ResilienceCore

/// All that one call did, in order.
package struct CallTrace: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    /// Nanoseconds from the start of the call.
    package let at: UInt64
    package let event: Event
  }

  package enum Event: Sendable, Hashable {
    case attemptStarted(Int)
    case attemptEnded(Int, AttemptOutcome)
    case retryScheduled(delay: UInt64)
    case retryStopped(reason: String)
    case rejected(by: LayerKind, name: String, reason: String)
    case timedOut(by: LayerKind, name: String)
    case breakerChanged(name: String, BreakerChange)
    case fallbackServed(name: String)
    case ended(CallEnd)
  }

  package enum AttemptOutcome: Sendable, Hashable {
    case success, failure, cancelled, abandoned
  }

  package enum CallEnd: Sendable, Hashable {
    case success, fallback, failure, rejected, timeout, cancelled
    /// It would wait for ever.
    case unfinished
  }

  package internal(set) var entries: [Entry] = []
  /// The call went on when the replay stopped watching it: what it would have done is not known.
  package internal(set) var isCutOff = false

  /// How many bodies were started.
  package var attempts: Int { entries.count { if case .attemptStarted = $0.event { true } else { false } } }

  /// When each attempt started, in nanoseconds.
  package var attemptStarts: [UInt64] {
    entries.compactMap { if case .attemptStarted = $0.event { $0.at } else { nil } }
  }

  /// Why the outermost retry gave up, as it was told last.
  package var stopReason: String? {
    entries.reversed().lazy.compactMap { if case .retryStopped(let reason) = $0.event { reason } else { nil } }.first
  }

  package var end: CallEnd {
    if case .ended(let end)? = entries.last?.event { end } else { .unfinished }
  }

  /// The trace without the reasons that retries give for stopping: what the caller and the callee can see.
  package var observable: CallTrace {
    var trace = self
    trace.entries.removeAll { if case .retryStopped = $0.event { true } else { false } }
    return trace
  }

  /// The trace up to this entry, the entry included.
  package func upTo(_ entry: Entry) -> CallTrace {
    guard let index = entries.firstIndex(of: entry) else { return self }
    return CallTrace(entries: Array(entries[...index]), isCutOff: isCutOff)
  }
}
