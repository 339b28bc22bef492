extension TextNotation where Value == ClosedRange<Int> {
  /// An HTTP status or several: `429`, `502-504`, `5xx`.
  static var httpStatus: TextNotation {
    TextNotation(
      .text(
        TextShape(
          "HTTP status", examples: ["429", "502-504", "5xx"],
          pattern: "^[1-5]([0-9][0-9]|xx)$|^[1-5][0-9][0-9]-[1-5][0-9][0-9]$",
          numbers: 100...599)),
      parse: { text throws(Advice) in try HTTPStatusText.parse(text) },
      show: { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" })
  }
}

extension TextNotation where Value == ClosedRange<Int32> {
  /// An exit status of a command or several: `75`, `1-125`.
  static var exitStatus: TextNotation {
    TextNotation(
      .text(
        TextShape(
          "exit status", examples: ["75", "1-125"], pattern: "^[0-9]{1,3}(-[0-9]{1,3})?$", numbers: 1...255)),
      parse: { text throws(Advice) in try ExitStatusText.parse(text) },
      show: { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" })
  }
}

/// The text form of HTTP statuses.
enum HTTPStatusText {
  static func parse(_ text: String) throws(Advice) -> ClosedRange<Int> {
    if text.hasSuffix("xx"), text.count == 3, let hundred = text.first?.wholeNumberValue,
      text.first?.isASCIIDigit == true
    {
      guard (1...5).contains(hundred) else { throw Advice(.outOfRange, "`\(text)` is not from 1xx to 5xx") }
      return hundred * 100...hundred * 100 + 99
    }
    guard let bounds = Bounds(text) else { throw advice(text) }
    guard bounds.low >= 100, bounds.high <= 599 else {
      throw Advice(.outOfRange, "`\(text)` is not from 100 to 599")
    }
    guard bounds.low <= bounds.high else {
      throw Advice(.outOfRange, "`\(text)` runs backwards", replacement: "\(bounds.high)-\(bounds.low)")
    }
    return bounds.low...bounds.high
  }

  private static func advice(_ text: String) -> Advice {
    if let found = MagicValue.advice(text) ?? NumberTrap.advice(text) { return found }
    let lower = text.lowercased()
    if lower.count == 3, let first = lower.first, ("1"..."5").contains(first) {
      if ["xx", "**", "nn", "??"].contains(String(lower.dropFirst())) {
        return Advice(.wrongType, "`\(text)` is not how a range of statuses is written", replacement: "\(first)xx")
      }
      if lower.hasSuffix("x"), let tens = Int(lower.dropLast()) {
        return Advice(
          .wrongType, "`\(text)` is not how a range of statuses is written",
          replacement: "\(tens * 10)-\(tens * 10 + 9)")
      }
    }
    let numbers = text.split { !$0.isASCIIDigit }.compactMap { Int($0) }
    if numbers.count == 2, let low = numbers.min(), let high = numbers.max(), low >= 100, high <= 599 {
      return Advice(.wrongType, "`\(text)` is not how a range of statuses is written", replacement: "\(low)-\(high)")
    }
    if numbers == [500], text.hasPrefix(">") {
      return Advice(.wrongType, "`\(text)` is not a status", replacement: "5xx")
    }
    return Advice(.wrongType, "`\(text)` is not an HTTP status", help: "write `429`, `502-504` or `5xx`")
  }
}

/// The text form of exit statuses.
enum ExitStatusText {
  static func parse(_ text: String) throws(Advice) -> ClosedRange<Int32> {
    guard let bounds = Bounds(text) else {
      throw MagicValue.advice(text) ?? NumberTrap.advice(text)
        ?? Advice(.wrongType, "`\(text)` is not an exit status", help: "write `75` or `1-125`")
    }
    guard bounds.low >= 1, bounds.high <= 255 else {
      let zero = bounds.low == 0 ? "; 0 is success" : ""
      throw Advice(.outOfRange, "`\(text)` is not from 1 to 255\(zero)")
    }
    guard bounds.low <= bounds.high else {
      throw Advice(.outOfRange, "`\(text)` runs backwards", replacement: "\(bounds.high)-\(bounds.low)")
    }
    return Int32(bounds.low)...Int32(bounds.high)
  }
}

/// `7` or `3-7`, of at most three digits each and without leading zeros.
private struct Bounds {
  let low: Int
  let high: Int

  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let first = parts.first.flatMap(Self.number),
      let last = parts.last.flatMap(Self.number)
    else { return nil }
    low = first
    high = last
  }

  private static func number(_ digits: Substring) -> Int? {
    guard (1...3).contains(digits.count), digits.allSatisfy(\.isASCIIDigit), digits.first != "0" || digits.count == 1
    else { return nil }
    return Int(digits)
  }
}
