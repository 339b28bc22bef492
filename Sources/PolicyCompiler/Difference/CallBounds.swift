package import PolicyLanguage
internal import ResilienceCore

/// The most that a call under a pipeline can take, by its own numbers: bodies that heed their cancellation, waits at their
/// longest, no hint of a server, no code of a fallback.
package struct CallBounds: Hashable, Sendable {
  /// Nanoseconds; `nil` when nothing ends a call.
  package private(set) var time: UInt64?
  /// Bodies started.
  package private(set) var attempts: UInt64 = 1

  /// From the body outwards: a limit cuts what is inside, a retry multiplies it and adds its waits, a hedge multiplies bodies and
  /// adds no time, queues add theirs.
  ///
  /// - Parameter mayHedge: Whether hedges start anything: they do not where the operation must not run twice.
  package init(_ layers: [LayerDefinition], mayHedge: Bool = true) {
    for layer in layers.reversed() {
      switch layer.element {
      case .deadline(let limit), .timeout(let limit): cut(limit.value)
      case .retry(let retry): multiply(retry.value.settings)
      case .bulkhead(let bulkhead): wait(in: bulkhead.value.settings)
      case .rateLimit(let limiter): time = time?.addingSaturated(limiter.value.settings.wait?.nanoseconds ?? 0)
      case .hedge(let hedge):
        if mayHedge { attempts = attempts.multipliedSaturated(by: hedge.value.settings.legs) }
      case .breaker, .fallback, .chaos: break
      }
    }
  }

  /// In words: `at most 2.4s and 3 attempts`.
  package var inWords: String {
    let tries = attempts == 1 ? "1 attempt" : "\(attempts) attempts"
    guard let time else { return "unbounded time and \(tries)" }
    return "at most \(DurationText.show(Duration(nanoseconds: time)) ?? "no time") and \(tries)"
  }

  /// A limit that only observes ends nothing.
  private mutating func cut(_ limit: TimeoutSettings) {
    guard limit.mode != .observe else { return }
    time = min(time ?? .max, limit.after.nanoseconds)
  }

  private mutating func multiply(_ settings: RetrySettings) {
    let tries = UInt64(clamping: max(settings.attempts, 1))
    time = time?.multipliedSaturated(by: tries).addingSaturated(settings.longestWaits)
    attempts = attempts.multipliedSaturated(by: tries)
  }

  /// A queue without a longest wait lasts until the deadline around it.
  private mutating func wait(in settings: BulkheadSettings) {
    guard settings.queue > 0 else { return }
    time = settings.wait.flatMap { time?.addingSaturated($0.nanoseconds) }
  }
}

extension HedgeSettings {
  /// The calls that can run at once.
  fileprivate var legs: UInt64 { UInt64(clamping: extra).addingSaturated(1) }
}

extension RetrySettings {
  /// The sum of all waits, each as long as chance can make it. O(attempts), up to a thousand of them.
  fileprivate var longestWaits: UInt64 {
    var settings = self
    settings.jitter = .none
    let policy = RetryPolicy(settings)
    let chance = Chance(seed: 0)
    var sum: UInt64 = 0
    var wait: UInt64 = 0
    for attempt in 2..<max(2, min(attempts, 1_000) + 1) {
      wait = longest(policy.delay(beforeAttempt: attempt, previous: 0, chance: chance), after: wait)
      sum = sum.addingSaturated(wait)
    }
    return sum.addingSaturated(wait.multipliedSaturated(by: UInt64(max(attempts - 1_000, 0))))
  }

  private func longest(_ whole: UInt64, after previous: UInt64) -> UInt64 {
    guard case .decorrelated = jitter else { return whole }
    switch backoff {
    case .none, .constant: return whole
    case .exponential(let initial, _, let max), .linear(let initial, _, let max):
      let top = Swift.max(previous, initial.nanoseconds).multipliedSaturated(by: 3)
      return min(max.nanoseconds, top)
    }
  }
}
