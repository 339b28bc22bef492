/// The samples between two decisions of an adaptive limit.
///
/// A round is over when it has enough samples, when some time has passed, and when a call ends that started in it: what
/// is decided next then rests on calls that met the limit that was decided last (TCP's round trip, RFC 5681, does the same).
struct LimitRound: Hashable, Sendable {
  /// The fewest samples that are judged (as Netflix's `WindowedLimit`).
  private static let leastSamples = 10
  /// Shorter rounds follow noise; ten decisions a second are quick enough for anything that people notice.
  private static let leastTime: UInt64 = 100_000_000
  /// Below this, differences are the scheduler's (Netflix's `minRttThreshold`).
  static let leastLatency: UInt64 = 100_000

  private let began: Instant
  private(set) var answered = 0
  private(set) var dropped = 0
  private(set) var mostInFlight = 0
  private var sum = 0.0

  init(began: Instant) { self.began = began }

  /// Adds a sample; answers whether the round is over with it.
  mutating func add(_ sample: LimitSample) -> Bool {
    switch sample.end {
    case .answered:
      answered += 1
      sum += Double(max(sample.latency, Self.leastLatency))
    case .dropped: dropped += 1
    }
    mostInFlight = max(mostInFlight, sample.inFlight)
    return count >= Self.leastSamples && sample.started >= began
      && began.nanoseconds(to: sample.ended) >= Self.leastTime
  }

  /// The mean latency of the calls that were answered, in nanoseconds; `nil` without any.
  var latency: Double? { answered > 0 ? sum / Double(answered) : nil }

  /// The share that was dropped, from 0 to 1.
  var dropShare: Double { count > 0 ? Double(dropped) / Double(count) : 0 }

  private var count: Int { answered + dropped }
}
