/// What to say of a text that is not a duration.
enum DurationAdvice {
  /// Other spellings of the units.
  private static let spellings: [String: String] = [
    "us": "us", "µs": "us", "μs": "us", "usec": "us", "usecs": "us", "microsecond": "us", "microseconds": "us",
    "ms": "ms", "msec": "ms", "msecs": "ms", "millis": "ms", "milli": "ms", "millisecond": "ms", "milliseconds": "ms",
    "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
    "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
  ]

  static func advice(_ text: String) -> Advice {
    if let magic = MagicValue.advice(text) { return magic }
    if let clock = clock(text) { return clock }
    if let trap = NumberTrap.advice(text) { return trap }
    if text.hasPrefix("-") { return Advice(.outOfRange, "`\(text)` is negative") }
    if isNumber(text) { return bare(text) }
    return iso(text) ?? comma(text) ?? respelled(text) ?? days(text) ?? rest(text)
  }

  private static func bare(_ text: String) -> Advice {
    let whole = text.allSatisfy(\.isASCIIDigit) ? Int(text) : nil
    let likely = (whole ?? 0) >= 100 ? ["\(text)ms", "\(text)s"] : ["\(text)s", "\(text)ms"]
    return Advice(
      .durationNotation, "`\(text)` has no unit",
      help: "write `\(likely[0])` or `\(likely[1])`: the unit is part of the value", replacement: nil)
  }

  private static func clock(_ text: String) -> Advice? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, let trap = NumberTrap.advice(text) else { return nil }
    let units = parts.count == 2 ? ["m", "s"] : ["h", "m", "s"]
    let pieces = zip(parts, units).compactMap { part, unit in
      Int(part).flatMap { $0 > 0 ? "\($0)\(unit)" : nil }
    }
    guard !pieces.isEmpty else { return trap }
    return Advice(trap.rule, trap.message, replacement: pieces.joined(), safety: .unsafe)
  }

  /// ISO 8601: `PT1M30S`, `P1D`.
  private static func iso(_ text: String) -> Advice? {
    let upper = text.uppercased()
    guard upper.hasPrefix("P"), upper.count > 2 else { return nil }
    let converted = upper.dropFirst().filter { $0 != "T" }
    guard let first = converted.first, first.isASCIIDigit else { return nil }
    guard let duration = converted.hasSuffix("D") ? inHours(converted.dropLast()) : converted.lowercased(),
      DurationText.nanoseconds(duration) ?? 0 > 0
    else {
      return Advice(.durationNotation, "`\(text)` is a duration of ISO 8601", help: "write it as `1m30s`")
    }
    return Advice(.durationNotation, "`\(text)` is a duration of ISO 8601", replacement: duration)
  }

  private static func comma(_ text: String) -> Advice? {
    let point = String(text.map { $0 == "," ? "." : $0 })
    guard point != text, DurationText.nanoseconds(point) ?? 0 > 0 else { return nil }
    return Advice(.durationNotation, "`\(text)` has a decimal comma", replacement: point)
  }

  /// `5 sec`, `5 S`, `1M`, `1m 30s`, `30s1m`: the numbers are right, the units are spelled otherwise.
  private static func respelled(_ text: String) -> Advice? {
    guard let parts = numbersWithUnits(text) else { return nil }
    var known: [(number: String, unit: String)] = []
    for (number, unit) in parts {
      guard let spelling = spellings[unit] ?? spellings[unit.lowercased()] else { return nil }
      known.append((number, spelling))
    }
    let order = DurationText.units.map(\.name)
    known.sort { (order.firstIndex(of: $0.unit) ?? 0) < (order.firstIndex(of: $1.unit) ?? 0) }
    let replacement = known.map { $0.number + $0.unit }.joined()
    guard replacement != text, DurationText.nanoseconds(replacement) ?? 0 > 0 else { return nil }
    if parts.contains(where: { $0.unit == "M" }) {
      return Advice(
        .durationNotation, "`\(text)` has the unit `M`, which is a month or a million elsewhere",
        help: "write `\(replacement)` for minutes", replacement: replacement, safety: .unsafe)
    }
    return Advice(.durationNotation, "`\(text)` is not how a duration is written", replacement: replacement)
  }

  private static func days(_ text: String) -> Advice? {
    guard let parts = numbersWithUnits(text), parts.count == 1, let part = parts.first else { return nil }
    let unit = part.unit.lowercased()
    let hours: Int
    switch unit {
    case "d", "day", "days": hours = 24
    case "w", "week", "weeks": hours = 168
    default: return nil
    }
    guard let number = Int(part.number), let replacement = inHours(number, times: hours) else { return nil }
    return Advice(.durationNotation, "`\(text)` is in days; the largest unit is the hour", replacement: replacement)
  }

  private static func rest(_ text: String) -> Advice {
    if text.contains("{{") || text.contains("${") || text.hasPrefix("$") {
      return Advice(.durationNotation, "`\(text)` looks like a template that was not filled in")
    }
    if text.contains(where: { $0.isNumber && !$0.isASCIIDigit }) {
      return Advice(.durationNotation, "`\(text)` has digits other than 0 to 9")
    }
    if numbersWithUnits(text) != nil {
      return Advice(
        .durationNotation, "`\(text)` has a unit that is not known, or is finer than a nanosecond",
        help: "the units are `h`, `m`, `s`, `ms` and `us`")
    }
    return Advice(.durationNotation, "`\(text)` is not a duration", help: "write a number with a unit, such as `150ms`")
  }

  private static func isNumber(_ text: String) -> Bool {
    text.contains(where: \.isASCIIDigit) && text.allSatisfy { $0.isASCIIDigit || $0 == "." }
      || Double(text) != nil && text.first?.isASCIIDigit == true
  }

  private static func inHours(_ days: Substring) -> String? { Int(days).flatMap { inHours($0, times: 24) } }
  private static func inHours(_ number: Int, times hours: Int) -> String? {
    let (product, overflow) = number.multipliedReportingOverflow(by: hours)
    return overflow || number < 1 ? nil : "\(product)h"
  }

  /// The numbers and the words behind them, spaces left out; `nil` when the text is made otherwise.
  private static func numbersWithUnits(_ text: String) -> [(number: String, unit: String)]? {
    var parts: [(number: String, unit: String)] = []
    var rest = text.filter { $0 != " " }[...]
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCIIDigit || $0 == "." }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard !number.isEmpty, !unit.isEmpty else { return nil }
      parts.append((String(number), String(unit)))
    }
    return parts.isEmpty ? nil : parts
  }
}
