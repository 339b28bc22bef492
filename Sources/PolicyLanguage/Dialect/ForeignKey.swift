internal import ResilienceCore

/// What another program calls a setting of this language.
struct ForeignKey: Sendable {
  /// How a value there becomes a value here.
  enum Conversion: Sendable {
    /// It is written the same way.
    case same
    /// There it counts repeats, here tries.
    case oneMore
    /// There a number from 0 to 100 stands for a share.
    case percent
    /// There a number from 0 to 1 stands for a share.
    case fraction
    /// There a bare number is milliseconds.
    case milliseconds
    /// There a bare number is seconds.
    case seconds
    /// There a bare number is a rate for each second.
    case perSecond
    /// There a condition is written, such as `consecutiveFailures >= 5`.
    case condition
    /// The numbers do not carry over.
    case byHand
  }

  let key: String
  let program: String
  /// The field here, from the same map: `backoff.max`.
  let field: String
  let conversion: Conversion
  /// What else is to be known.
  let remark: String?

  init(_ key: String, _ program: String, _ field: String, _ conversion: Conversion = .same, _ remark: String? = nil) {
    self.key = key
    self.program = program
    self.field = field
    self.conversion = conversion
    self.remark = remark
  }
}

extension ForeignKey.Conversion {
  /// The value as it is written here; `nil` where it cannot be told.
  func convert(_ text: String) -> String? {
    switch self {
    case .same: return text
    case .byHand: return nil
    case .oneMore: return Int(text).flatMap { (0..<1_000_000).contains($0) ? "\($0 + 1)" : nil }
    case .percent: return Double(text).flatMap { $0 > 0 && $0 <= 100 ? "\(text)%" : nil }
    case .fraction:
      return Double(text).flatMap { $0 > 0 && $0 <= 1 ? RatioText.show(.percent($0 * 100)) : nil }
    case .milliseconds: return duration(text, unit: "ms")
    case .seconds: return duration(text, unit: "s")
    case .perSecond: return Int(text).flatMap { $0 > 0 ? "\($0)/s" : nil }
    case .condition: return threshold(text)
    }
  }

  /// A duration as it stands, or with a unit where it has none, or in this language's spelling.
  private func duration(_ text: String, unit: String) -> String? {
    if text.allSatisfy(\.isASCIIDigit), text != "0" { return text + unit }
    if DurationText.nanoseconds(text) ?? 0 > 0 { return text }
    return DurationAdvice.advice(text).replacement
  }

  /// The failures that open, from `>= 5` or `> 5`.
  private func threshold(_ text: String) -> String? {
    guard text.contains("consecutiveFailures"), let sign = text.firstIndex(of: ">") else {
      return Int(text).map { "\($0)" }
    }
    let rest = text[text.index(after: sign)...]
    let number = rest.filter(\.isASCIIDigit)
    guard let count = Int(number), count < 1_000_000 else { return nil }
    return rest.first == "=" ? "\(count)" : "\(count + 1)"
  }
}
