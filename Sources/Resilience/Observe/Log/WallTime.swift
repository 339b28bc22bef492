internal import PolicyLanguage
internal import ResilienceCore

/// A moment on the wall clock, which is read for people only and never to measure.
struct WallTime: Hashable, Sendable {
  var seconds: Int
  var nanoseconds: Int

  static var now: WallTime {
    let reading = WallClock.now
    return WallTime(seconds: reading.seconds, nanoseconds: reading.nanoseconds)
  }

  /// RFC 3339 in UTC, to the millisecond: `2026-03-01T09:30:05.250Z`. Clocks before 1970 or after 9999 show the first moment.
  var text: String {
    guard let day = CalendarDate(secondsSince1970: seconds) else { return "1970-01-01T00:00:00.000Z" }
    let second = seconds % 86_400
    let parts = [second / 3_600, second / 60 % 60, second % 60].map { Self.padded($0, 2) }
    return "\(day)T\(parts.joined(separator: ":")).\(Self.padded(nanoseconds / 1_000_000, 3))Z"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
  }
}
