internal import ResilienceCore

/// A timeline in as many equal bins as there is room for, each a round time long.
struct Bins {
  /// Nanoseconds of a bin: 1, 2 or 5 times a power of ten.
  let width: UInt64
  let count: Int
  private let calls: [[Int]]

  init(_ timeline: Timeline, end: UInt64, atMost limit: Int) {
    var factor: UInt64 = 1
    var step = 0
    let slices = max(end / timeline.width + 1, UInt64(timeline.count))
    while (slices + factor - 1) / factor > UInt64(max(limit, 1)) {
      factor = step % 3 == 1 ? factor / 2 * 5 : factor * 2
      step += 1
    }
    width = timeline.width.multipliedSaturated(by: factor)
    let slicesPerBin = Int(clamping: factor)
    let count = max(Int(clamping: (slices + factor - 1) / factor), 1)
    self.count = count
    calls = CallOutcome.allCases.map { outcome in
      (0..<count).map { bin in
        let first = bin.multipliedReportingOverflow(by: slicesPerBin).partialValue
        return timeline.calls(outcome, in: first..<(first + slicesPerBin))
      }
    }
  }

  func calls(_ outcome: CallOutcome, in bin: Int) -> Int { calls[outcome.rawValue][bin] }

  /// Calls a second of a bin with so many calls, in thousandths.
  func rate(of calls: Int) -> UInt64 { UInt64(clamping: calls).scaled(by: 1_000_000_000_000, over: width) }

  /// The most calls that ended in one bin, however they did.
  var mostInABin: Int {
    (0..<count).map { bin in CallOutcome.allCases.reduce(0) { $0 + calls($1, in: bin) } }.max() ?? 0
  }
}

extension BreakerHistory {
  /// The state of each of so many equal parts of a time: of several the one that lets fewest calls through; `nil` before the
  /// breaker was met.
  func states(inParts count: Int, of end: UInt64) -> [String?] {
    var parts = [String?](repeating: nil, count: count)
    guard end > 0, count > 0 else { return parts.map { _ in spans.last?.state } }
    for span in spans {
      let first = min(Int(clamping: span.from.scaled(by: UInt64(count), over: end)), count - 1)
      let last = span.to > span.from ? (span.to - 1).scaled(by: UInt64(count), over: end) : UInt64(first)
      for part in first...max(first, min(Int(clamping: last), count - 1))
      where Self.severity(span.state) >= Self.severity(parts[part]) {
        parts[part] = span.state
      }
    }
    return parts
  }

  private static func severity(_ state: String?) -> Int { state.flatMap { states.firstIndex(of: $0) } ?? -1 }

  /// Nanoseconds in which it was not simply closed.
  var troubledTime: UInt64 {
    spans.reduce(0) { $1.state == "closed" ? $0 : $0.addingSaturated($1.to - $1.from) }
  }
}
