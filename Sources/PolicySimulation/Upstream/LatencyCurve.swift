#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How long calls take, by two of their quantiles: a log-normal distribution through both.
///
/// The logarithm of the time is normal: with `z = Φ⁻¹(0.99) ≈ 2.326`, `ln t = ln p50 + ln(p99 / p50) / z · Φ⁻¹(u)` for an even
/// draw `u`. Latencies of servers have about this shape: a long tail to the right and nothing below zero.
struct LatencyCurve: Hashable, Sendable {
  private let median: Double
  /// Of the logarithm.
  private let deviation: Double

  /// Nanoseconds; a `p99` below `p50` counts as equal to it.
  init(p50: UInt64, p99: UInt64) {
    median = Double(max(p50, 1))
    deviation = log(Double(max(p99, p50, 1)) / median) / NormalQuantile.of(0.99)
  }

  /// The time of a call with the draw `bits`, rounded to whole nanoseconds.
  func time(drawn bits: UInt64) -> UInt64 {
    // Exact, and never 0 or 1: 52 bits and the half behind them are all that a number has room for.
    let draw = (Double(bits >> 12) + 0.5) / Double(UInt64(1) << 52)
    let time = (median * exp(deviation * NormalQuantile.of(draw))).rounded()
    return time < Double(UInt64.max) ? UInt64(max(time, 0)) : .max
  }
}

/// The quantile function Φ⁻¹ of the normal distribution.
///
/// The rational approximations of P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution
/// function" (2003); its relative error is below 1.15 · 10⁻⁹.
enum NormalQuantile {
  static func of(_ share: Double) -> Double {
    if share < 0.02425 { return tail(share) }
    if share > 1 - 0.02425 { return -tail(1 - share) }
    let q = share - 0.5
    let r = q * q
    let above =
      ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.3577518672690) * r
        - 30.66479806614716) * r + 2.506628277459239
    let below =
      ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r
        - 13.28068155288572) * r + 1
    return q * above / below
  }

  private static func tail(_ share: Double) -> Double {
    let q = (-2 * log(share)).squareRoot()
    let above =
      ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q
        + 4.374664141464968) * q + 2.938163982698783
    let below =
      (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1
    return above / below
  }
}
