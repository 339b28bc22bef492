internal import ResilienceCore

extension TextNotation where Value == Ratio {
  /// A percentage above zero: `50%`, `0.1%`.
  static var ratio: TextNotation { ratio(from: 1) }
  /// A percentage, zero included.
  static var ratioOrZero: TextNotation { ratio(from: 0) }

  /// A percentage above zero, or `none`, which is zero.
  static var ratioOrNone: TextNotation {
    ratio.or("none", "nothing").map {
      $0 ?? .zero
    } back: {
      $0 == .zero ? .some(nil) : $0
    }
  }

  private static func ratio(from least: UInt32) -> TextNotation {
    TextNotation(
      .text(TextShape("percentage", examples: ["50%", "0.1%"], pattern: #"^[0-9]+(\.[0-9]{1,4})?%$"#)),
      parse: { text throws(Advice) in try RatioText.parse(text, least: least) },
      show: RatioText.show)
  }
}

/// The text form of shares.
enum RatioText {
  static func parse(_ text: String, least: UInt32) throws(Advice) -> Ratio {
    guard let parts = partsPerMillion(text) else { throw advice(text) }
    guard parts <= 1_000_000 else { throw Advice(.outOfRange, "`\(text)` is more than 100%") }
    guard parts >= least else {
      throw MagicValue.advice(text) ?? Advice(.outOfRange, "`\(text)` is too small")
    }
    return Ratio(partsPerMillion: UInt32(clamping: parts))
  }

  static func show(_ ratio: Ratio) -> String? {
    let whole = ratio.partsPerMillion / 10_000
    var fraction = "\(10_000 + ratio.partsPerMillion % 10_000)".dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    return fraction.isEmpty ? "\(whole)%" : "\(whole).\(fraction)%"
  }

  /// What a `%` text says, `nil` for every other text and for fractions finer than four decimals.
  private static func partsPerMillion(_ text: String) -> UInt64? {
    var rest = text.utf8[...]
    guard text.first?.isASCIIDigit == true, NumberTrap.advice(text) == nil, let number = Decimal(&rest),
      rest.elementsEqual("%".utf8)
    else { return nil }
    return number.times(10_000)
  }

  private static func advice(_ text: String) -> Advice {
    if let found = MagicValue.advice(text) ?? NumberTrap.advice(text) { return found }
    if text.hasPrefix("-") { return Advice(.outOfRange, "`\(text)` is negative") }
    let spaceless = text.filter { $0 != " " }
    if spaceless != text, partsPerMillion(spaceless) != nil {
      return Advice(.shareNotation, "`\(text)` has a space", replacement: spaceless)
    }
    if let fraction = fraction(text) { return fraction }
    if let number = Double(text), number > 1, number <= 100, partsPerMillion(text + "%") != nil {
      return Advice(.shareNotation, "`\(text)` has no percent sign", replacement: text + "%")
    }
    let point = String(text.map { $0 == "," ? "." : $0 })
    if point != text, partsPerMillion(point) != nil {
      return Advice(.shareNotation, "`\(text)` has a decimal comma", replacement: point)
    }
    return Advice(
      .shareNotation, "`\(text)` is not a percentage",
      help: "write a number from 0 to 100 with a percent sign, such as `50%`")
  }

  /// `0.5`, `.5`, `1`, `1/2`: a share of one.
  private static func fraction(_ text: String) -> Advice? {
    let parts = text.split(separator: "/").map { Double($0) }
    let value: Double
    if parts.count == 2, let above = parts[0], let below = parts[1], below > 0 {
      value = above / below
    } else if let number = Double(text) {
      value = number
    } else {
      return nil
    }
    guard value.isFinite, value > 0, value <= 1, let percent = show(.percent(value * 100)) else { return nil }
    return Advice(
      .shareNotation, "`\(text)` is a share of one; shares are percentages", replacement: percent,
      safety: text == "1" ? .unsafe : .safe)
  }
}
