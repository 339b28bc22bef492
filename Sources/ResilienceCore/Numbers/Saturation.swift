/// Arithmetic on nanoseconds that stops at the end of the number instead of trapping.
extension UInt64 {
  package func addingSaturated(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  package func subtractingSaturated(_ other: UInt64) -> UInt64 {
    self > other ? self - other : 0
  }

  package func multipliedSaturated(by other: UInt64) -> UInt64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }

  /// `self · numerator / denominator`, rounded down, exact in between; a denominator of zero counts as one.
  package func scaled(by numerator: UInt64, over denominator: UInt64) -> UInt64 {
    let divisor = Swift.max(denominator, 1)
    let product = multipliedFullWidth(by: numerator)
    guard product.high < divisor else { return .max }
    return divisor.dividingFullWidth(product).quotient
  }

  /// This share of the number, rounded down.
  package func share(_ ratio: Ratio) -> UInt64 {
    scaled(by: UInt64(ratio.partsPerMillion), over: 1_000_000)
  }

  /// `self · factor^times`, rounded to the nearest whole number and never above `cap`.
  ///
  /// A factor that is not greater than 1 does not grow anything. Complexity: O(log times).
  package func grown(by factor: Double, times: Int, atMost cap: UInt64) -> UInt64 {
    guard self > 0, times > 0, factor > 1 else { return Swift.min(self, cap) }
    let product = (Double(self) * Self.power(factor, times)).rounded()
    return product < Double(cap) ? UInt64(product) : cap
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
