/// Durations as people read them.
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

  private static func minutes(_ seconds: Int64) -> String {
    let rest = seconds % 60
    return rest == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(rest) s"
  }

  private static func decimal(tenths: Int64, _ unit: String) -> String {
    tenths.isMultiple(of: 10) ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
  }
}
