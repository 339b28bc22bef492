internal import ResilienceCore

/// A run in words: event by event where there are few, and what it comes to.
package struct Narration {
  /// Runs with more calls are shown as a whole only.
  package static let maximumCalls = 12
  private static let maximumEvents = 300

  private let recording: Recording
  private let events: [SimulationEvent]
  private let phases: [UpstreamPhase]

  /// - Parameters:
  ///   - events: Those of the run; none to show it as a whole only.
  ///   - phases: Those of the upstream model.
  package init(_ recording: Recording, events: [SimulationEvent], phases: [UpstreamPhase]) {
    self.recording = recording
    self.events = events
    self.phases = phases
  }

  package var text: String {
    let summary = SummaryTable(recording.summary).text
    guard events.isEmpty else { return rows + "\n" + summary }
    return summary + "\n" + TextChart(recording, phases: phases).text
  }

  private var rows: String {
    var rows = events.prefix(Self.maximumEvents).map(row)
    if events.count > rows.count { rows.append("\(events.count - rows.count) more events".leftPadded(14)) }
    return rows.joined(separator: "\n") + "\n"
  }

  private func row(_ event: SimulationEvent) -> String {
    let call = (event.call.map { "call \($0)" } ?? "").rightPadded(9)
    return "\(TimeText.inWords(event.at).leftPadded(12))  \(call)\(event.sentence)"
  }
}

/// What a run comes to, as a table.
struct SummaryTable {
  private let summary: Summary
  init(_ summary: Summary) { self.summary = summary }

  var text: String { rows.map { "\($0.0.rightPadded(14))\($0.1)\n" }.joined() }

  private var rows: [(String, String)] {
    var rows = [("calls", "\(summary.calls.grouped): \(outcomes)")]
    if let amplification = summary.amplification {
      rows.append(("attempts", "\(summary.attempts.grouped), \(amplification.decimal(3)) a call"))
    }
    if let availability = summary.availability {
      rows.append(("availability", "\(availability.decimal(3, times: 100)) %"))
    }
    if summary.percentiles.count == 4 {
      let words = zip(["p50", "p95", "p99", "p100"], summary.percentiles).map { "\($0) \(TimeText.inWords($1))" }
      rows.append(("took", words.joined(separator: ", ")))
    }
    for breaker in summary.breakers.worst(12) {
      let times = breaker.times.map { "\($0.state) \(TimeText.inWords($0.time))" }
      rows.append(("breaker", "`\(breaker.name)`: \(times.joined(separator: ", "))"))
    }
    if summary.breakers.count > 12 { rows.append(("", "and \(summary.breakers.count - 12) more breakers")) }
    return rows
  }

  private var outcomes: String {
    var words = CallOutcome.allCases.filter { summary[$0] > 0 }.map { "\(summary[$0].grouped) \($0.word)" }
    if summary.unfinished > 0 { words.append("\(summary.unfinished.grouped) unfinished") }
    return words.joined(separator: ", ")
  }
}

extension [BreakerHistory] {
  /// At most so many, those with the most time in other states than closed, in their order.
  func worst(_ limit: Int) -> [BreakerHistory] {
    guard count > limit else { return self }
    let chosen = enumerated().sorted { ($1.element.troubledTime, $0.offset) < ($0.element.troubledTime, $1.offset) }
      .prefix(limit).map(\.offset)
    return chosen.sorted().map { self[$0] }
  }
}

extension String {
  func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(width - count, 0)) + self }
  func rightPadded(_ width: Int) -> String { self + String(repeating: " ", count: max(width - count, 0)) }
}

extension Int {
  /// With commas between thousands.
  var grouped: String {
    var text = ""
    for (index, digit) in String(magnitude).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (self < 0 ? "-" : "") + String(text.reversed())
  }
}
