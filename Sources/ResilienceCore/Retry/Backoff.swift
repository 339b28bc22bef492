/// How the wait before the next attempt grows, in nanoseconds and before jitter.
struct Backoff: Hashable, Sendable {
  private enum Growth: Hashable {
    case none
    case factor(Double)
    case step(UInt64)
  }

  let initial: UInt64
  let max: UInt64
  private let growth: Growth

  init(_ settings: RetrySettings.Backoff) {
    switch settings {
    case .none:
      (initial, max, growth) = (0, 0, .none)
    case .constant(let duration):
      (initial, max, growth) = (duration.nanoseconds, duration.nanoseconds, .none)
    case .exponential(let initial, let factor, let max):
      (self.initial, self.max, growth) = (initial.nanoseconds, max.nanoseconds, .factor(factor))
    case .linear(let initial, let step, let max):
      (self.initial, self.max, growth) = (initial.nanoseconds, max.nanoseconds, .step(step.nanoseconds))
    }
  }

  /// The wait before an attempt, counted from 1: none before the first, `initial` before the second.
  func delay(beforeAttempt attempt: Int) -> UInt64 {
    guard attempt >= 2 else { return 0 }
    let steps = attempt - 2
    return switch growth {
    case .none: initial
    case .factor(let factor): initial.grown(by: factor, times: steps, atMost: max)
    case .step(let step): min(initial.addingSaturated(step.multipliedSaturated(by: UInt64(steps))), max)
    }
  }
}
