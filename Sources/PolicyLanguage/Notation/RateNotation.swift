internal import ResilienceCore

extension TextNotation where Value == Rate {
  /// So many a second, minute or hour: `100/s`, `6000/m`, `3/h`.
  static var rate: TextNotation {
    TextNotation(
      .text(TextShape("rate", examples: ["100/s", "6000/m", "3/h"], pattern: "^[1-9][0-9]*/[smh]$")),
      parse: { text throws(Advice) in try RateText.parse(text) },
      show: RateText.show)
  }
}

/// The text form of rates.
enum RateText {
  /// The largest count: a billion a second is more than any machine does.
  static let most = 1_000_000_000

  static func parse(_ text: String) throws(Advice) -> Rate {
    guard let slash = text.firstIndex(of: "/"), let period = period(text[text.index(after: slash)...]),
      let count = count(text[..<slash])
    else { throw advice(text) }
    guard count <= most else { throw Advice(.outOfRange, "`\(text)` is more than \(most)") }
    return Rate(count, per: period)
  }

  static func show(_ rate: Rate) -> String? {
    switch rate.period {
    case .seconds(1): "\(rate.count)/s"
    case .seconds(60): "\(rate.count)/m"
    case .seconds(3_600): "\(rate.count)/h"
    default: nil
    }
  }

  private static func period(_ unit: Substring) -> Duration? {
    switch unit {
    case "s": .seconds(1)
    case "m": .seconds(60)
    case "h": .seconds(3_600)
    default: nil
    }
  }

  private static func count(_ text: Substring) -> Int? {
    guard text.first != "0", !text.isEmpty, text.allSatisfy(\.isASCIIDigit) else { return nil }
    return Int(text) ?? .max
  }

  private static let spellings: [String: String] = [
    "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "1s": "s", "rps": "s", "qps": "s", "tps": "s",
    "ps": "s", "hz": "s", "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m", "1m": "m", "rpm": "m",
    "60s": "m", "h": "h", "hr": "h", "hour": "h", "hours": "h", "1h": "h", "rph": "h",
  ]

  private static func advice(_ text: String) -> Advice {
    if let found = MagicValue.advice(text) ?? NumberTrap.advice(text) { return found }
    if text.hasPrefix("-") { return Advice(.outOfRange, "`\(text)` is negative") }
    let number = text.prefix { $0.isASCIIDigit || $0 == "." }
    var unit = text.dropFirst(number.count).lowercased().filter { $0 != " " && $0 != "/" }
    if unit.hasPrefix("per") { unit = String(unit.dropFirst(3)) }
    guard let value = Double(number), value > 0 else { return rest(text) }
    if unit.isEmpty {
      return Advice(
        .shareNotation, "`\(text)` does not say in how long", help: "write `\(text)/s`, `\(text)/m` or `\(text)/h`")
    }
    guard let period = spellings[unit] else { return rest(text) }
    return respelled(text, value, period)
  }

  /// The same rate with a whole number in the shortest period that has one.
  private static func respelled(_ text: String, _ value: Double, _ period: String) -> Advice {
    var count = value
    for unit in ["s", "m", "h"].drop(while: { $0 != period }) {
      if unit != period { count *= 60 }
      if count >= 1, count == count.rounded(), count <= Double(most) {
        return Advice(.shareNotation, "`\(text)` is not how a rate is written", replacement: "\(Int(count))/\(unit)")
      }
    }
    return rest(text)
  }

  private static func rest(_ text: String) -> Advice {
    Advice(
      .shareNotation, "`\(text)` is not a rate",
      help: "write a whole number, a slash and `s`, `m` or `h`, such as `100/s`")
  }
}
