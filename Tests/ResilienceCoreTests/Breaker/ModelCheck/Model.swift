import Testing

@testable import ResilienceCore

/// What is searched: a breaker under settings that a reload exchanges for others, and how far.
struct Model: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let numbers: [BreakerNumbers]
  var horizon: UInt64 = 6
  var mostRunning = 2
  /// So many events one after the other.
  var depth = 8

  init(
    _ description: String, _ settings: CircuitBreakerSettings..., horizon: UInt64 = 6, mostRunning: Int = 2,
    depth: Int = 8
  ) {
    testDescription = description
    numbers = settings.map { BreakerNumbers($0) }
    self.horizon = horizon
    self.mostRunning = mostRunning
    self.depth = depth
  }

  static let all: [Model] = [
    Model(
      "one failure opens, one success closes", .init(failures: 1, open: .init(2)),
      .init(failures: 2, open: .init(1), halfOpen: .init(probes: 2))),
    Model(
      "two failures, growth with a cap, a short lease",
      .init(
        failures: 2, open: .init(2, factor: 2, max: .nanoseconds(4)), halfOpen: .init(probes: 2, successes: 3, lease: 1)
      ),
      .init(failures: 1, open: .init(1, factor: 2), halfOpen: .init(probes: 1, lease: 3))),
    Model(
      "three failures, two successes one after the other, full jitter",
      .init(failures: 3, open: .init(2, factor: 3, jitter: .one), halfOpen: .init(probes: 1, successes: 2))),
    Model(
      "a rate in a window of three calls",
      .init(failureRate: .percent(50), window: .calls(3), minimumCalls: 2, open: .init(2)),
      .init(failureRate: .percent(100), window: .calls(2), minimumCalls: 1, open: .init(3))),
    Model(
      "failures in a window of four calls",
      .init(failuresInWindow: 2, window: .calls(4), open: .init(1), halfOpen: .init(probes: 2, successes: 1)),
      .init(failuresInWindow: 1, window: .time(.nanoseconds(10)), open: .init(1))),
    Model(
      "a rate in a window of time",
      .init(failureRate: .percent(60), window: .time(.nanoseconds(20)), minimumCalls: 2, open: .init(2, factor: 2))),
    Model(
      "slow calls in a window of four calls",
      .init(slowRate: .percent(50), slowerThan: .nanoseconds(1), window: .calls(4), minimumCalls: 2, open: .init(2)),
      .init(failures: 1, open: .init(1)), mostRunning: 3, depth: 7),
    Model(
      "slow calls and failures in a window of time",
      .init(
        failures: 2, slowRate: .one, slowerThan: .nanoseconds(2), window: .time(.nanoseconds(10)), minimumCalls: 1,
        open: .init(1)),
      .init(
        failures: 2, slowRate: .one, slowerThan: .nanoseconds(1), window: .calls(2), minimumCalls: 1, open: .init(2)),
      depth: 8),
    Model(
      "a ramp of two steps",
      .init(failures: 1, open: .init(1, factor: 2), halfOpen: .init(probes: 1, ramp: [.percent(20), .percent(60)])),
      .init(failures: 1, open: .init(1)), depth: 9),
    Model(
      "a ramp with slow calls",
      .init(
        failures: 1, slowRate: .percent(50), slowerThan: .nanoseconds(1), window: .calls(2), minimumCalls: 1,
        open: .init(1), halfOpen: .init(probes: 1, ramp: [.percent(50)])), depth: 8),
    Model(
      "every mode",
      .init(failures: 1, open: .init(1)), .init(failures: 1, open: .init(1), mode: .shadow),
      .init(failures: 1, open: .init(1), mode: .disabled), .init(failures: 1, open: .init(1), mode: .forcedOpen),
      depth: 6),
  ]
}

extension CircuitBreakerSettings.OpenTime {
  init(_ nanoseconds: Int, factor: Double = 1, max: Duration? = nil, jitter: Ratio = .zero) {
    self.init(.nanoseconds(nanoseconds), factor: factor, max: max, jitter: jitter)
  }
}

extension CircuitBreakerSettings.HalfOpen {
  init(probes: Int, successes: Int? = nil, lease: Int, ramp: [Ratio] = []) {
    self.init(probes: probes, successes: successes, lease: .nanoseconds(lease), ramp: ramp)
  }
}
