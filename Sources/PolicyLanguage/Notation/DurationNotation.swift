internal import ResilienceCore

extension TextNotation where Value == Duration {
  /// Whole or decimal numbers with the units `h`, `m`, `s`, `ms`, `us`, the largest first: `150ms`, `1m30s`, `1.5h`.
  static var duration: TextNotation {
    TextNotation(
      .text(
        TextShape(
          "duration", examples: ["150ms", "2s", "1m30s", "1.5s", "250us", "1h"],
          pattern:
            #"^(?=.*[1-9])((0|[1-9][0-9]*)(\.[0-9]+)?h)?((0|[1-9][0-9]*)(\.[0-9]+)?m)?((0|[1-9][0-9]*)(\.[0-9]+)?s)?((0|[1-9][0-9]*)(\.[0-9]+)?ms)?((0|[1-9][0-9]*)(\.[0-9]+)?us)?$"#
        )),
      parse: { text throws(Advice) in try DurationText.parse(text) },
      show: DurationText.show)
  }
}

/// The text form of durations.
package enum DurationText {
  /// Units from large to small, in nanoseconds.
  static let units: [(name: String, nanoseconds: UInt64)] = [
    ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000),
  ]

  /// Ten years: longer than any service runs, and far from the end of the clock.
  package static let longest: UInt64 = 10 * 365 * 24 * 3_600 * 1_000_000_000

  static func parse(_ text: String) throws(Advice) -> Duration {
    if let nanoseconds = nanoseconds(text), nanoseconds > 0 {
      guard nanoseconds <= longest else { throw Advice(.outOfRange, "`\(text)` is longer than ten years") }
      return Duration(nanoseconds: nanoseconds)
    }
    throw DurationAdvice.advice(text)
  }

  /// The nanoseconds that `text` says, `nil` when it is not a duration or finer than a nanosecond.
  package static func nanoseconds(_ text: String) -> UInt64? { nanosecondsOfOneUnit(text) ?? nanosecondsOfMany(text) }

  /// The nanoseconds of up to six digits and one unit, as nearly all durations are written; `nil` for every other text. So many
  /// hours are far from overflow.
  private static func nanosecondsOfOneUnit(_ text: String) -> UInt64? {
    var number: UInt64 = 0
    var digits = 0
    // The first byte of the unit, and the second one in the next eight bits.
    var unit: UInt32 = 0
    for byte in text.utf8 {
      if unit == 0, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        guard digits < 6, digits == 0 || number > 0 else { return nil }
        number = number &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
        digits += 1
      } else {
        guard digits > 0, unit <= 0xFF, byte >= UInt8(ascii: "a") else { return nil }
        unit = unit == 0 ? UInt32(byte) : unit | UInt32(byte) << 8
      }
    }
    switch unit {
    case 0x68: return number &* units[0].nanoseconds  // h
    case 0x6D: return number &* units[1].nanoseconds  // m
    case 0x73: return number &* units[2].nanoseconds  // s
    case 0x73_6D: return number &* units[3].nanoseconds  // ms
    case 0x73_75: return number &* units[4].nanoseconds  // us
    default: return nil
    }
  }

  private static func nanosecondsOfMany(_ text: String) -> UInt64? {
    var rest = text.utf8[...]
    var total: UInt64 = 0
    var unit = -1
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      guard let number = Decimal(&rest), let (index, size) = takeUnit(&rest), index > unit,
        let part = number.times(size)
      else { return nil }
      unit = index
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return .max }
      total = sum
    }
    return total
  }

  private static func takeUnit(_ rest: inout Substring.UTF8View) -> (index: Int, nanoseconds: UInt64)? {
    guard let first = rest.popFirst() else { return nil }
    switch first {
    case UInt8(ascii: "h"): return (0, units[0].nanoseconds)
    case UInt8(ascii: "m"):
      guard rest.first == UInt8(ascii: "s") else { return (1, units[1].nanoseconds) }
      rest.removeFirst()
      return (3, units[3].nanoseconds)
    case UInt8(ascii: "s"): return (2, units[2].nanoseconds)
    case UInt8(ascii: "u"):
      guard rest.popFirst() == UInt8(ascii: "s") else { return nil }
      return (4, units[4].nanoseconds)
    default: return nil
    }
  }

  /// The shortest text of a duration: `1m30s`, `1.5s`, `250us`.
  package static func show(_ duration: Duration) -> String? {
    let total = duration.nanoseconds
    guard total > 0 else { return nil }
    if total < 1_000_000 { return decimal(total, per: 1_000) + "us" }
    if total < 1_000_000_000 { return decimal(total, per: 1_000_000) + "ms" }
    var text = ""
    let hours = total / units[0].nanoseconds
    let minutes = total % units[0].nanoseconds / units[1].nanoseconds
    let seconds = total % units[1].nanoseconds
    if hours > 0 { text += "\(hours)h" }
    if minutes > 0 { text += "\(minutes)m" }
    if seconds > 0 { text += decimal(seconds, per: 1_000_000_000) + "s" }
    return text
  }

  private static func decimal(_ value: UInt64, per unit: UInt64) -> String {
    var fraction = value % unit
    guard fraction > 0 else { return "\(value / unit)" }
    var digits = ""
    var scale = unit / 10
    while fraction > 0, scale > 0 {
      digits += "\(fraction / scale)"
      fraction %= scale
      scale /= 10
    }
    return "\(value / unit).\(digits)"
  }
}
