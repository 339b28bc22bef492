/// Numbers as people write and read them.
extension Duration {
  /// Three digits and the unit that fits: `180 ms`, `1.2 s`, `2 min 5 s`. Negative ones are zero.
  package var inWords: String {
    let (seconds, attoseconds) = max(self, .zero).components
    let nanoseconds = attoseconds / 1_000_000_000
    if seconds >= 60 { return Self.minutes(seconds) }
    if seconds > 0 { return Self.decimal(tenths: seconds * 10 + nanoseconds / 100_000_000, "s") }
    if nanoseconds >= 1_000_000 { return "\(nanoseconds / 1_000_000) ms" }
    return "\(nanoseconds / 1_000) us"
  }

  private static func minutes(_ seconds: Int64) -> String {
    let rest = seconds % 60
    return rest == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(rest) s"
  }

  private static func decimal(tenths: Int64, _ unit: String) -> String {
    tenths.isMultiple(of: 10) ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
  }
}

extension Ratio {
  /// `50%`, `12.25%`.
  package var inWords: String {
    let hundredths = partsPerMillion / 100
    return hundredths.isMultiple(of: 100) ? "\(hundredths / 100)%" : "\(Double(hundredths) / 100)%"
  }
}
