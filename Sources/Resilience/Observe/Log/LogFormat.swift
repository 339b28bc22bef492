internal import ResilienceCore

extension EventLog {
  /// How a line is written.
  public enum Format: String, CaseIterable, Hashable, Sendable {
    /// `key=value` pairs, as `logfmt` tools read them; values with blanks or signs are quoted as in JSON.
    case logfmt
    /// One JSON object a line.
    case json
  }
}

extension EventLog.Format {
  /// A line for fields, with its end.
  func line(_ fields: [EventField]) -> String {
    switch self {
    case .logfmt: fields.map { "\($0.name)=\($0.value.logfmt)" }.joined(separator: " ") + "\n"
    case .json: "{" + fields.map { "\(QuotedText.json($0.name)):\($0.value.json)" }.joined(separator: ",") + "}\n"
    }
  }
}

extension EventValue {
  fileprivate var logfmt: String {
    switch self {
    case .text(let text): QuotedText.logfmt(text)
    case .words(let words): QuotedText.logfmt(words.joined(separator: ","))
    case .count, .share, .duration: json
    }
  }

  fileprivate var json: String {
    switch self {
    case .text(let text): QuotedText.json(text)
    case .words(let words): "[" + words.map(QuotedText.json).joined(separator: ",") + "]"
    case .count(let count): "\(count)"
    case .share(let share): Decimal.text(UInt64(share.partsPerMillion), digits: 6)
    case .duration(let duration): Decimal.text(duration.nanoseconds / 1_000, digits: 3)
    }
  }
}

/// Decimal fractions without rounding.
private enum Decimal {
  /// `units` with so many digits behind the point, without zeros at the end.
  static func text(_ units: UInt64, digits: Int) -> String {
    let scale = (0..<digits).reduce(UInt64(1)) { power, _ in power * 10 }
    let whole = units / scale
    var fraction = units % scale
    guard fraction > 0 else { return "\(whole)" }
    var length = digits
    while fraction.isMultiple(of: 10) {
      fraction /= 10
      length -= 1
    }
    let shown = "\(fraction)"
    return "\(whole)." + String(repeating: "0", count: max(length - shown.count, 0)) + shown
  }
}
