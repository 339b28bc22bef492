/// A limit that follows what its callee can take. Told how calls went, it answers how many may run.
///
/// It decides once a ``LimitRound``, in which a share *f* of the calls was dropped:
///
///     f > 2 %, two or more   L ← L − max(1, L·f/2)
///     aimd                   L ← L + 1
///     gradient               g = 1.25·base / mean latency, from ½ to 1
///                            L ← L + 0.2·(g·L + √L − L)
///
/// and keeps L from `min` to `max`. After a fall nothing rises for five rounds, so that a limit at its callee's own does not
/// try the callee every other round. Neither algorithm moves a limit of which less than half was used: it is not what
/// holds the calls back.
///
/// The fall in proportion to the drops is DCTCP's (RFC 8257), the rise by one that of Chiu and Jain (1989). The gradient is
/// that of Netflix's `Gradient2Limit` (smoothing 0.2, at most half a fall, nothing learnt below half of the limit), with the
/// tolerance and the headroom √L of Envoy's adaptive concurrency. `base` is the latency with little to do, as in BBR
/// measured anew now and then at half the limit: a base that follows the latency of a callee at its limit, as `Gradient2`'s
/// long average does, lets the limit creep up for as long as the load lasts. With a callee that takes C calls at once, L
/// settles where 1.25·C + √L = L.
struct AdaptiveLimit: Hashable, Sendable {
  /// A single drop, and up to this share of a round, is taken for chance.
  private static let chanceDrops = 0.02
  /// How much longer than `base` calls may take before that counts as a queue at the callee.
  private static let tolerance = 1.25
  /// How much of the way to its new value the limit goes in one round.
  private static let smoothing = 0.2
  /// For how many rounds nothing rises after a fall.
  private static let restAfterFall = 5

  private(set) var settings: AdaptiveLimitSettings
  /// The limit with its fraction; always from `min` to `max`.
  private var estimate: Double
  /// The rounds for which nothing rises yet.
  private var rest = 0
  private var round = LimitRound(began: Instant(nanoseconds: 0))
  /// `nil` for an algorithm that does not look at latency.
  private var base: LatencyBase?

  /// - Parameter limit: The limit to go on from; `nil`: begin at the lowest.
  init(_ settings: AdaptiveLimitSettings, goingOnFrom limit: Int? = nil) {
    self.settings = settings
    estimate = Double(min(max(limit ?? settings.min, settings.min), settings.max))
    base = settings.algorithm == .gradient ? LatencyBase() : nil
  }

  /// How many may run.
  var limit: Int { clamped(base?.lowersLimit == true ? estimate / 2 : estimate) }

  /// Goes on under new settings, from where the limit is.
  mutating func update(_ new: AdaptiveLimitSettings) {
    let measured = new.algorithm == settings.algorithm ? base : nil
    self = AdaptiveLimit(new, goingOnFrom: Int(estimate))
    if let measured { base = measured }
  }

  /// Takes in how a call went. O(1).
  mutating func take(_ sample: LimitSample) {
    let isMeasurement = base?.lowersLimit == true
    let limit = limit
    base?.take(sample, under: limit)
    guard round.add(sample) else { return }
    decide(isMeasurement: isMeasurement)
    let wasUsed = isUsed
    base?.roundEnded(round, wasUsed: wasUsed, at: sample.ended)
    round = LimitRound(began: sample.ended)
  }

  private var isUsed: Bool { round.mostInFlight >= (limit + 1) / 2 }

  private mutating func decide(isMeasurement: Bool) {
    let share = round.dropShare
    if share > Self.chanceDrops, round.dropped > 1 {
      move(to: estimate - max(1, estimate * share / 2))
      rest = Self.restAfterFall
    } else if rest > 0 {
      rest -= 1
    } else if isMeasurement || !isUsed {
      return
    } else if let base {
      guard let known = base.latency, let latency = round.latency else { return }
      let gradient = min(max(Self.tolerance * known / latency, 0.5), 1)
      let wanted = gradient * estimate + estimate.squareRoot()
      move(to: estimate + Self.smoothing * (wanted - estimate))
    } else {
      move(to: estimate + 1)
    }
  }

  private mutating func move(to new: Double) {
    estimate = min(max(new, Double(settings.min)), Double(settings.max))
  }

  private func clamped(_ limit: Double) -> Int { min(max(Int(limit), settings.min), settings.max) }
}
