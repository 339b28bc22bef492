extension TextNotation where Value == Int {
  /// A whole number of things, from 1 to a million.
  static var count: TextNotation { count(1...1_000_000) }

  static func count(_ range: ClosedRange<Int>) -> TextNotation {
    TextNotation(
      .count(range), parse: { text throws(Advice) in try CountText.parse(text, in: range) }, show: { "\($0)" })
  }
}

extension TextNotation where Value == Double {
  /// A growth factor: from 1 (no growth) to 1,000.
  static var factor: TextNotation {
    TextNotation(
      .number(least: 1), parse: { text throws(Advice) in try FactorText.parse(text) }, show: FactorText.show)
  }
}

/// The text form of whole numbers.
enum CountText {
  static func parse(_ text: String, in range: ClosedRange<Int>) throws(Advice) -> Int {
    guard let number = number(text) else { throw advice(text, range) }
    guard range.contains(number) else {
      if number == 0, let magic = MagicValue.advice(text) { throw magic }
      throw Advice(.outOfRange, "`\(text)` is not from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// Decimal digits without a leading zero; a number too large for the machine is the largest one.
  private static func number(_ text: String) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      text.utf8.first != UInt8(ascii: "0") || text.utf8.count == 1
    else { return nil }
    return Int(text) ?? .max
  }

  private static func advice(_ text: String, _ range: ClosedRange<Int>) -> Advice {
    if let found = MagicValue.advice(text) ?? NumberTrap.advice(text) { return found }
    if text.hasPrefix("-"), number(String(text.dropFirst())) != nil {
      return Advice(.outOfRange, "`\(text)` is not from \(range.lowerBound) to \(range.upperBound)")
    }
    if let value = Double(text), let whole = Int(exactly: value), range.contains(whole) {
      return Advice(.wrongType, "`\(text)` is not written as a whole number", replacement: "\(whole)")
    }
    let digits = text.prefix(while: \.isASCIIDigit)
    if !digits.isEmpty, let whole = number(String(digits)),
      text.dropFirst(digits.count).allSatisfy({ $0.isLetter || $0 == " " || $0 == "%" })
    {
      return Advice(
        .wrongType, "`\(text)` is not a whole number", help: "a count has no unit: `\(whole)`", replacement: nil)
    }
    return Advice(.wrongType, "`\(text)` is not a whole number")
  }
}

/// The text form of growth factors.
enum FactorText {
  static func parse(_ text: String) throws(Advice) -> Double {
    if let whole = wholeNumber(text), whole <= 1_000 { return Double(whole) }
    if text.first?.isASCIIDigit == true, NumberTrap.advice(text) == nil,
      text.allSatisfy({ $0.isASCIIDigit || $0 == "." }), let value = Double(text), value.isFinite, text.last != "."
    {
      guard value >= 1, value <= 1_000 else {
        throw (value == 0 ? MagicValue.advice(text) : nil)
          ?? Advice(.outOfRange, "`\(text)` is not from 1 to 1000", help: "a factor below 1 would make waits shrink")
      }
      return value
    }
    throw advice(text)
  }

  /// One to four digits, the first of them no zero, as nearly all factors are written.
  private static func wholeNumber(_ text: String) -> Int? {
    let digits = text.utf8
    guard (1...4).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
    var number = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      number = number &* 10 &+ Int(digit &- UInt8(ascii: "0"))
    }
    return number
  }

  static func show(_ value: Double) -> String? {
    value == value.rounded() ? "\(Int(value))" : "\(value)"
  }

  private static func advice(_ text: String) -> Advice {
    if let found = MagicValue.advice(text) ?? NumberTrap.advice(text) { return found }
    let number = text.filter { $0.isASCIIDigit || $0 == "." }
    let sign = text.filter { !$0.isASCIIDigit && $0 != "." && $0 != " " }
    if ["x", "X", "×", "*"].contains(sign), let value = Double(number), value >= 1, value <= 1_000 {
      return Advice(.wrongType, "`\(text)` is not a plain number", replacement: number)
    }
    return Advice(.wrongType, "`\(text)` is not a number", help: "write a factor such as `2` or `1.5`")
  }
}
