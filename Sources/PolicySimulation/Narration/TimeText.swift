/// Times in sentences.
package enum TimeText {
  /// `400 ms`, `1.2 s`, `1 min 30 s`: exact to a microsecond.
  package static func inWords(_ nanoseconds: UInt64) -> String {
    switch nanoseconds {
    case 1..<1_000_000: decimal(nanoseconds, per: 1_000) + " µs"
    case ..<1_000_000_000: decimal(nanoseconds, per: 1_000_000) + " ms"
    case ..<60_000_000_000: decimal(nanoseconds, per: 1_000_000_000) + " s"
    case ..<3_600_000_000_000: whole(nanoseconds, 60_000_000_000, "min")
    default: whole(nanoseconds, 3_600_000_000_000, "h")
    }
  }

  /// The same with three digits at least and four at most, for what need not be exact: `13.47 ms`, `1 min 8 s`.
  package static func rounded(_ nanoseconds: UInt64) -> String {
    var unit: UInt64 = 1
    while nanoseconds / unit >= 10_000 { unit *= 10 }
    if nanoseconds >= 60_000_000_000 { unit = max(unit, 1_000_000_000) }
    let (sum, overflow) = nanoseconds.addingReportingOverflow(unit / 2)
    return inWords(overflow ? nanoseconds : sum / unit * unit)
  }

  private static func whole(_ nanoseconds: UInt64, _ unit: UInt64, _ name: String) -> String {
    let rest = nanoseconds % unit
    let words = "\(nanoseconds / unit) \(name)"
    return rest == 0 ? words : words + " " + inWords(rest)
  }

  /// At most three digits behind the point; what is finer is cut off.
  private static func decimal(_ value: UInt64, per unit: UInt64) -> String {
    let thousandths = value % unit * 1_000 / unit
    guard thousandths > 0 else { return "\(value / unit)" }
    var digits = "\(thousandths)"
    digits = String(repeating: "0", count: 3 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(value / unit).\(digits)"
  }
}
