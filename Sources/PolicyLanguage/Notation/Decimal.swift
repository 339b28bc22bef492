/// A number as it is written: digits, a point, up to nine digits more.
struct Decimal {
  let whole: UInt64
  let fraction: UInt64
  /// Ten to the number of digits behind the point.
  let scale: UInt64

  /// Takes a number from the front; `nil` when none stands there, it has a leading zero, or it is too large.
  init?(_ rest: inout Substring.UTF8View) {
    let isZero = rest.first == UInt8(ascii: "0")
    guard let (whole, count) = Decimal.digits(&rest), count == 1 || !isZero else { return nil }
    self.whole = whole
    guard rest.first == UInt8(ascii: ".") else {
      fraction = 0
      scale = 1
      return
    }
    rest.removeFirst()
    guard let (value, count) = Decimal.digits(&rest), count <= 9 else { return nil }
    fraction = value
    scale = (0..<count).reduce(1) { power, _ in power * 10 }
  }

  /// The product, exact; `nil` when it has a fraction, `.max` when it is too large.
  func times(_ unit: UInt64) -> UInt64? {
    let (large, overflow) = whole.multipliedReportingOverflow(by: unit)
    if overflow { return .max }
    let small = UInt128(fraction) * UInt128(unit)
    guard small % UInt128(scale) == 0 else { return nil }
    let (sum, carried) = large.addingReportingOverflow(UInt64(clamping: small / UInt128(scale)))
    return carried ? .max : sum
  }

  private static func digits(_ rest: inout Substring.UTF8View) -> (value: UInt64, count: Int)? {
    var value: UInt64 = 0
    var count = 0
    while let byte = rest.first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = shifted.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
      guard !overflow, !carried else { return nil }
      value = sum
      count += 1
      rest.removeFirst()
    }
    return count > 0 ? (value, count) : nil
  }
}
