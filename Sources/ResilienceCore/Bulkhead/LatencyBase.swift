/// The latency of a callee that has little to do, and how old that knowledge is.
///
/// It is measured while at most half of the limit is used: once at the beginning, and again when it is a minute old and no
/// round at the full limit has confirmed it, or when calls take less than half of it. Callers who use more are held back
/// to half of the limit meanwhile; others notice nothing.
struct LatencyBase: Hashable, Sendable {
  /// Latencies in a measurement (as Envoy's `request_count`).
  private static let leastLatencies = 50
  /// After how many nanoseconds it is measured anew (as Envoy's `interval`), at the earliest.
  private static let leastLifetime: UInt64 = 60_000_000_000
  /// How many times as long as it took to measure it holds: slow calls are not forever being measured.
  private static let lifetimeOverCost: UInt64 = 20
  /// How far a round's latency may be off and still confirm it.
  private static let agreement = 0.9...1.1

  private enum State: Hashable, Sendable {
    /// The limit was just lowered: calls that started before still load the callee. Can transition to: measuring.
    case settling
    /// Can transition to: known, and settling when the limit is not lowered and more than half of it is used.
    case measuring(Sum, isLowered: Bool)
    /// Can transition to: settling, measuring.
    case known(at: Instant, lifetime: UInt64)
  }

  private struct Sum: Hashable, Sendable {
    let since: Instant
    var count = 0
    var nanoseconds = 0.0
  }

  private var state: State
  /// Nanoseconds; `nil` before the first measurement.
  private(set) var latency: Double?

  init() { state = .settling }

  /// Whether only half of the limit may be used.
  var lowersLimit: Bool {
    switch state {
    case .settling: true
    case .measuring(_, let isLowered): isLowered
    case .known: false
    }
  }

  /// Adds the latency of a call that met no more than half of `limit` to the measurement.
  mutating func take(_ sample: LimitSample, under limit: Int) {
    guard case .measuring(var sum, let isLowered) = state, case .answered = sample.end, sample.started >= sum.since,
      isLowered || sample.inFlight <= limit / 2
    else { return }
    sum.count += 1
    sum.nanoseconds += Double(max(sample.latency, LimitRound.leastLatency))
    state = .measuring(sum, isLowered: isLowered)
    guard sum.count >= Self.leastLatencies else { return }
    latency = sum.nanoseconds / Double(sum.count)
    let cost = sum.since.nanoseconds(to: sample.ended)
    state = .known(
      at: sample.ended, lifetime: max(Self.leastLifetime, cost.multipliedSaturated(by: Self.lifetimeOverCost)))
  }

  mutating func roundEnded(_ round: LimitRound, wasUsed: Bool, at now: Instant) {
    switch state {
    case .settling: state = .measuring(Sum(since: now), isLowered: true)
    case .measuring(_, let isLowered): if wasUsed, !isLowered { state = .settling }
    case .known(let measured, let lifetime):
      if wasUsed, isConfirmed(by: round) {
        state = .known(at: now, lifetime: lifetime)
      } else if measured.nanoseconds(to: now) >= lifetime || isRefuted(by: round) {
        state = wasUsed ? .settling : .measuring(Sum(since: now), isLowered: false)
      }
    }
  }

  private func isConfirmed(by round: LimitRound) -> Bool {
    ratio(to: round).map(Self.agreement.contains) ?? false
  }

  private func isRefuted(by round: LimitRound) -> Bool {
    ratio(to: round).map { $0 < 0.5 } ?? false
  }

  /// How the latency of a round with enough calls is to the base.
  private func ratio(to round: LimitRound) -> Double? {
    guard let latency, let seen = round.latency, round.answered >= Self.leastLatencies else { return nil }
    return seen / latency
  }
}
