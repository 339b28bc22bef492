/// What a simulation comes to.
package struct Summary: Sendable {
  /// Calls by how they ended, by the outcome's number.
  private var outcomes = [Int](repeating: 0, count: CallOutcome.allCases.count)
  package internal(set) var calls = 0
  /// Bodies started.
  package internal(set) var attempts = 0
  /// Calls that never ended.
  package internal(set) var unfinished = 0
  /// The 50th, 95th, 99th and 100th percentile of how long calls took, in nanoseconds; none when no call ended.
  package internal(set) var percentiles: [UInt64] = []
  /// In the order in which they were met.
  package internal(set) var breakers: [BreakerHistory] = []
  /// When the last thing happened; nanoseconds from the beginning.
  package internal(set) var end: UInt64 = 0

  package subscript(outcome: CallOutcome) -> Int { outcomes[outcome.rawValue] }

  mutating func count(_ outcome: CallOutcome) { outcomes[outcome.rawValue] += 1 }

  /// Bodies started for each call.
  package var amplification: Share? { Share(attempts, of: calls) }

  /// The share of the calls that were served, by the callee or by a fallback; calls that their callers cancelled do not count.
  package var availability: Share? { Share(self[.success] + self[.fallback], of: calls - self[.cancelled]) }
}

/// One whole number over another.
package struct Share: Hashable, Sendable {
  package let part: Int
  package let whole: Int

  /// `nil` of nothing.
  init?(_ part: Int, of whole: Int) {
    guard whole > 0 else { return nil }
    self.part = part
    self.whole = whole
  }

  /// Rounded to so many decimals at most, without zeros at the end; one that is not whole never looks whole.
  package func decimal(_ digits: Int = 6, times factor: Int = 1) -> String {
    let scale = (0..<max(digits, 0)).reduce(1) { scale, _ in scale * 10 }
    let scaled = UInt128(max(part, 0)) * UInt128(factor) * UInt128(scale)
    var rounded = (scaled * 2 + UInt128(whole)) / (UInt128(whole) * 2)
    if rounded == UInt128(factor * scale), part < whole { rounded -= 1 }
    if rounded == 0, part > 0 { rounded = 1 }
    let fraction = rounded % UInt128(scale)
    guard fraction > 0 else { return "\(rounded / UInt128(scale))" }
    var text = "\(UInt128(scale) + fraction)".dropFirst()
    while text.last == "0" { text.removeLast() }
    return "\(rounded / UInt128(scale)).\(text)"
  }
}
