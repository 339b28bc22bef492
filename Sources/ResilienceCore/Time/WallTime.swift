#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A date and time of day, for people and logs. Nothing is ever measured by it.
public struct WallTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Milliseconds since the beginning of 1970, UTC.
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (left: WallTime, right: WallTime) -> Bool { left.milliseconds < right.milliseconds }

  /// As RFC 3339 writes it, in UTC: `2027-03-31T09:30:00.000Z`. A time outside of the years 1 to 9999 is shown as the nearest
  /// inside.
  public var description: String {
    let time = min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999)
    let days = time.floored(by: 86_400_000)
    let rest = time - days * 86_400_000
    let (year, month, day) = Self.date(daysSince1970: days)
    let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60)
    return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
      + "T\(hour.padded(2)):\(minute.padded(2)):\(second.padded(2)).\((rest % 1_000).padded(3))Z"
  }

  /// The civil date of a day (H. Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`): years that begin
  /// in March put the leap day at their end, in eras of 400 years that are all alike.
  private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = shifted.floored(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

/// The machine's clock of the date, which steps when somebody sets it: for people, never to measure.
package enum WallClock {
  /// Since 1970.
  package static var now: (seconds: Int, nanoseconds: Int) {
    var reading = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &reading)
    return (reading.tv_sec, reading.tv_nsec)
  }
}

extension TimeSource {
  /// The date and time of day of a past instant. Virtual time began with 1970.
  package func wallTime(of instant: Instant) -> WallTime {
    switch self {
    case .virtual: return WallTime(milliseconds: Int64(clamping: instant.nanoseconds / 1_000_000))
    case .system:
      let reading = WallClock.now
      let now = Int64(reading.seconds) &* 1_000 &+ Int64(reading.nanoseconds) / 1_000_000
      return WallTime(milliseconds: now &- Int64(clamping: instant.nanoseconds(to: SystemClock.now) / 1_000_000))
    }
  }
}

extension Int64 {
  /// The quotient, rounded down; `divisor` is positive.
  fileprivate func floored(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  fileprivate func padded(_ width: Int) -> String {
    let digits = "\(self)"
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
