/// The times of the last calls, for quantiles that follow them.
///
/// Two histograms: one is filled, the other holds the generation before it. When the first is full the older one is emptied and
/// filled next, so a quantile speaks of the last one to two generations and what was measured before is forgotten. For times up
/// to 73 minutes a quantile is never below the true one of these calls, and above it by at most 1/16 and 1.024 µs
/// (see ``LatencyHistogram``).
///
/// How many calls that takes follows from the quantile. The error of an estimated quantile is that of the number of
/// calls beyond it, which is about its square root: with 20 calls beyond it in a generation, a fifth or less.
struct LatencyWindow: Hashable, Sendable {
  private var filling = LatencyHistogram()
  private var before = LatencyHistogram()

  /// How many calls it remembers.
  var count: UInt64 { filling.total + before.total }

  /// Before this many, a quantile says nothing: 5 calls are beyond it then, and no fewer than 20 are known.
  static func enough(for quantile: Ratio) -> UInt64 { max(calls(beyond: quantile, 5), 20) }

  /// How many calls make a generation: 20 are beyond the quantile then, and no fewer than 256 are known.
  static func generation(for quantile: Ratio) -> UInt64 { max(calls(beyond: quantile, 20), 256) }

  private static func calls(beyond quantile: Ratio, _ count: UInt64) -> UInt64 {
    count * 1_000_000 / UInt64(max(1_000_000 - quantile.partsPerMillion, 1))
  }

  mutating func add(_ nanoseconds: UInt64, for quantile: Ratio) {
    if filling.total >= Self.generation(for: quantile) {
      swap(&filling, &before)
      filling.clear()
    }
    filling.add(nanoseconds)
  }

  /// What this share of the calls did not take longer than; `nil` until enough are known. O(buckets).
  func quantile(_ quantile: Ratio) -> UInt64? {
    guard count >= Self.enough(for: quantile) else { return nil }
    let rank = (count * UInt64(quantile.partsPerMillion) + 999_999) / 1_000_000
    var seen: UInt64 = 0
    for bucket in 0..<LatencyHistogram.bucketCount {
      seen += filling[bucket] + before[bucket]
      if seen >= max(rank, 1) { return LatencyHistogram.longest(in: bucket) }
    }
    return nil
  }
}
