/// Durations as people write and read them.
enum DurationText {
  /// Three digits and the unit that fits: `180 ms`, `1.2 s`, `2 min 5 s`.
  static func show(_ duration: Duration) -> String {
    let (seconds, attoseconds) = max(duration, .zero).components
    let nanoseconds = attoseconds / 1_000_000_000
    if seconds >= 60 { return minutes(seconds) }
    if seconds > 0 { return decimal(tenths: seconds * 10 + nanoseconds / 100_000_000, "s") }
    if nanoseconds >= 1_000_000 { return "\(nanoseconds / 1_000_000) ms" }
    return "\(nanoseconds / 1_000) us"
  }

  /// What `--grace` takes: a whole number and `ms`, `s` or `m`.
  static func parse(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int64(digits), number <= 1_000_000 else { return nil }
    switch text.dropFirst(digits.count) {
    case "ms": return .milliseconds(number)
    case "s": return .seconds(number)
    case "m": return .seconds(number * 60)
    default: return nil
    }
  }

  private static func minutes(_ seconds: Int64) -> String {
    let rest = seconds % 60
    return rest == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(rest) s"
  }

  private static func decimal(tenths: Int64, _ unit: String) -> String {
    tenths.isMultiple(of: 10) ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
  }
}
