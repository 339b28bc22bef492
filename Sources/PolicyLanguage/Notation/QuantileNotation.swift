internal import ResilienceCore

extension TextNotation where Value == Ratio {
  /// A quantile of measured times: `p50`, `p99.9`.
  static var quantile: TextNotation {
    TextNotation(
      .text(TextShape("quantile", examples: ["p95", "p99.9"], pattern: #"^p[0-9]{1,2}(\.[0-9]{1,4})?$"#)),
      parse: { text throws(Advice) in try QuantileText.parse(text) },
      show: { RatioText.show($0).map { "p" + $0.dropLast() } })
  }
}

/// The text form of quantiles.
enum QuantileText {
  static func parse(_ text: String) throws(Advice) -> Ratio {
    guard text.hasPrefix("p"), let ratio = share(text.dropFirst() + "%"), ratio < .one else { throw advice(text) }
    return ratio
  }

  private static func share(_ text: some StringProtocol) -> Ratio? { try? RatioText.parse(String(text), least: 1) }

  private static func advice(_ text: String) -> Advice {
    if let found = MagicValue.advice(text) { return found }
    let number = text.drop { !$0.isASCIIDigit }.prefix { $0.isASCIIDigit || $0 == "." }
    guard let value = Double(number), value > 0, value < 100 else {
      return Advice(.shareNotation, "`\(text)` is not a quantile", help: "write it as `p95` or `p99.9`")
    }
    let percent = value < 1 ? value * 100 : value
    let shown = RatioText.show(.percent(percent)).map { "p" + $0.dropLast() }
    return Advice(.shareNotation, "`\(text)` is not how a quantile is written", replacement: shown)
  }
}
