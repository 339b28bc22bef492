internal import ResilienceCore

/// The course of a run in lines of characters: a row for each way in which calls ended, one for the callee's phases, one for
/// each breaker.
struct TextChart {
  private static let columns = 72
  private static let margin = 14
  private static let heights: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  private let summary: Summary
  private let bins: Bins
  private let phases: [UpstreamPhase]

  init(_ recording: Recording, phases: [UpstreamPhase]) {
    summary = recording.summary
    bins = Bins(recording.timeline, end: recording.summary.end, atMost: Self.columns)
    self.phases = phases
  }

  var text: String {
    let most = bins.mostInABin
    guard most > 0 else { return "" }
    let title = "each column is \(TimeText.inWords(bins.width)); the highest is \(rate(most)) calls a second\n"
    var rows = CallOutcome.allCases.filter { summary[$0] > 0 }.map { row($0.word, heights(of: $0, most: most)) }
    if phases.count > 1 { rows.append(row("callee", phaseMarks)) }
    let breakers = summary.breakers.worst(6)
    rows += breakers.map { row("`\($0.name)`", marks(of: $0)) }
    rows.append(row("", axis))
    return title + rows.joined() + legend(breakers)
  }

  private func row(_ name: String, _ marks: String) -> String {
    var name = name
    if name.count > Self.margin - 2 { name = String(name.prefix(Self.margin - 3)) + "…" }
    var line = name.rightPadded(Self.margin) + marks
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  private func heights(of outcome: CallOutcome, most: Int) -> String {
    String(
      (0..<bins.count).map { bin -> Character in
        let calls = bins.calls(outcome, in: bin)
        guard calls > 0 else { return " " }
        return Self.heights[min(max((calls * 8 + most - 1) / most, 1), 8) - 1]
      })
  }

  private func rate(_ calls: Int) -> String {
    let thousandths = bins.rate(of: calls)
    return thousandths >= 10_000 || thousandths % 1_000 == 0
      ? Int(clamping: (thousandths + 500) / 1_000).grouped
      : Share(Int(clamping: thousandths), of: 1_000)?.decimal(3) ?? "0"
  }

  /// The time of all columns, which may be longer than the run.
  private var span: UInt64 { bins.width.multipliedSaturated(by: UInt64(bins.count)) }

  private var phaseMarks: String {
    String(
      (0..<bins.count).map { bin in
        let start = bins.width * UInt64(bin)
        let phase = phases.lastIndex { $0.starts <= start } ?? 0
        return Self.letter(phase)
      })
  }

  private static func letter(_ index: Int) -> Character {
    Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(clamping: index % 26)))
  }

  private func marks(of breaker: BreakerHistory) -> String {
    String(breaker.states(inParts: bins.count, of: span).map { $0.map(Self.mark) ?? " " })
  }

  private static func mark(_ state: String) -> Character {
    switch state {
    case "closed": "·"
    case "half-open": "▒"
    case "ramping": "░"
    case "open": "█"
    case "forced-open": "F"
    case "isolated": "X"
    default: "-"
    }
  }

  private var axis: String {
    let end = TimeText.inWords(span)
    return "0" + end.leftPadded(max(bins.count - 1, end.count + 1))
  }

  private func legend(_ breakers: [BreakerHistory]) -> String {
    var lines = ""
    let used = BreakerHistory.states.filter { state in breakers.contains { $0.spans.contains { $0.state == state } } }
    if !used.isEmpty {
      lines += row("", used.map { "\(Self.mark($0)) \($0)" }.joined(separator: "  "))
    }
    guard phases.count > 1 else { return lines }
    for (index, phase) in phases.prefix(26).enumerated() {
      lines += row("", "\(Self.letter(index)) \(phase.text) from \(TimeText.inWords(phase.starts)) on")
    }
    return lines
  }
}
