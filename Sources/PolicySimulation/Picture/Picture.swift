internal import ResilienceCore

/// A run as a picture in SVG: calls a second by how they ended, the callee's phases and the breakers' states below them, on one
/// axis of time.
package struct Picture {
  static let width = 960
  static let left = 64
  static let right = 24
  static let plotHeight = 240
  static let bandHeight = 20
  /// A band with its name above it.
  static let bandRow = 44
  private static let maximumBreakers = 8

  private let operation: String
  private let summary: Summary
  private let bins: Bins
  let phases: [UpstreamPhase]
  private let breakers: [BreakerHistory]
  /// Nanoseconds from the left end of the axis to its right.
  let span: UInt64

  /// - Parameter phases: Those of the upstream model; none of a script.
  package init(_ recording: Recording, of operation: String, phases: [UpstreamPhase]) {
    self.operation = operation
    summary = recording.summary
    bins = Bins(recording.timeline, end: recording.summary.end, atMost: 160)
    self.phases = phases
    breakers = recording.summary.breakers.worst(Self.maximumBreakers)
    span = max(bins.width.multipliedSaturated(by: UInt64(bins.count)), 1)
  }

  /// The whole document.
  package var text: String {
    var svg = SVGText()
    let legendRows = legend
    let plotTop = 96 + legendRows.count * 20
    let plotBottom = plotTop + Self.plotHeight
    let bandsTop = plotBottom + 34
    let bands = (phases.isEmpty ? 0 : 1) + breakers.count
    let height = bandsTop + bands * Self.bandRow + (hiddenBreakers > 0 ? 20 : 0) + 8
    svg.add(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Self.width) \(height)\" width=\"\(Self.width)\" "
        + "height=\"\(height)\" role=\"img\" aria-labelledby=\"title desc\">")
    svg.add("<title id=\"title\">\(SVGText.escaped(title))</title>")
    svg.add("<desc id=\"desc\">\(SVGText.escaped(description))</desc>")
    svg.add("<style>\n\(Palette.style)\n</style>")
    svg.rectangle("ground", x: 0, y: 0, width: Self.width, height: height)
    svg.label(title.fitting(Self.width * 3 / 4), x: 16, y: 28, class: "ink title")
    svg.label(subtitle, x: 16, y: 50, class: "soft")
    for (row, entries) in legendRows.enumerated() { drawLegend(entries, y: 62 + row * 20, in: &svg) }
    drawAxes(top: plotTop, bottom: plotBottom, bandsBottom: bandsTop + bands * Self.bandRow, in: &svg)
    drawCalls(bottom: plotBottom, in: &svg)
    var y = bandsTop
    if !phases.isEmpty {
      drawPhases(y: y, in: &svg)
      y += Self.bandRow
    }
    for breaker in breakers {
      draw(breaker, y: y, in: &svg)
      y += Self.bandRow
    }
    if hiddenBreakers > 0 { svg.label("and \(hiddenBreakers) more breakers", x: Self.left, y: y + 8, class: "soft") }
    svg.add("</svg>")
    return svg.text
  }

  private var hiddenBreakers: Int { summary.breakers.count - breakers.count }
  var plotWidth: Int { Self.width - Self.left - Self.right }

  // MARK: Words

  private var title: String { "\(operation): \(summary.calls.grouped) calls in \(TimeText.rounded(summary.end))" }

  private var subtitle: String {
    var words: [String] = []
    if let availability = summary.availability { words.append("availability \(availability.decimal(3, times: 100)) %") }
    if let amplification = summary.amplification { words.append("\(amplification.decimal(2)) attempts a call") }
    if summary.percentiles.count == 4 {
      words.append("took p50 \(TimeText.rounded(summary.percentiles[0]))")
      words.append("p99 \(TimeText.rounded(summary.percentiles[2]))")
    }
    if summary.unfinished > 0 { words.append("\(summary.unfinished.grouped) never ended") }
    return words.joined(separator: "  ·  ")
  }

  private var description: String {
    let outcomes = CallOutcome.allCases.filter { summary[$0] > 0 }.map { "\(summary[$0].grouped) \($0.word)" }
    let states = breakers.map { breaker in
      "Breaker \(breaker.name): "
        + breaker.times.map { "\($0.state) for \(TimeText.rounded($0.time))" }.joined(separator: ", ") + "."
    }
    return (["Calls a second by how they ended: \(outcomes.joined(separator: ", ")).", "\(subtitle)."] + states)
      .joined(separator: " ")
  }

  // MARK: Legend

  private struct LegendEntry {
    let symbol: String
    let text: String
    var width: Int { 20 + text.pixels + 16 }
  }

  /// The entries in rows that fit.
  private var legend: [[LegendEntry]] {
    let outcomes = CallOutcome.allCases.filter { summary[$0] > 0 }.map {
      LegendEntry(symbol: $0.word, text: "\($0.word) \(summary[$0].grouped)")
    }
    let used = BreakerHistory.states.filter { state in breakers.contains { $0.spans.contains { $0.state == state } } }
    let states = used.map { LegendEntry(symbol: Palette.name(ofState: $0), text: "breaker \($0)") }
    return [outcomes, states].flatMap { Self.wrapped($0) }
  }

  private static func wrapped(_ entries: [LegendEntry]) -> [[LegendEntry]] {
    var rows: [[LegendEntry]] = []
    var room = 0
    for entry in entries {
      if entry.width > room {
        rows.append([])
        room = width - 32
      }
      rows[rows.count - 1].append(entry)
      room -= entry.width
    }
    return rows
  }

  private func drawLegend(_ entries: [LegendEntry], y: Int, in svg: inout SVGText) {
    var x = 16
    for entry in entries {
      svg.rectangle(entry.symbol, x: x, y: y, width: 12, height: 12)
      svg.label(entry.text, x: x + 20, y: y + 11)
      x += entry.width
    }
  }

  // MARK: Axes

  /// The height of the plot in thousandths of a call a second: the next round number above the highest bin.
  private var top: UInt64 {
    let ticks = AxisTicks(to: max(bins.rate(of: bins.mostInABin), 1), atMost: 5)
    return (ticks.end + ticks.step - 1) / ticks.step * ticks.step
  }

  private func drawAxes(top plotTop: Int, bottom: Int, bandsBottom: Int, in svg: inout SVGText) {
    svg.label("calls a second", x: 16, y: plotTop - 14, class: "soft")
    for tick in AxisTicks(to: top, atMost: 5).values {
      let y = bottom - Int(clamping: UInt64(Self.plotHeight).scaled(by: tick, over: top))
      svg.line(tick == 0 ? "axis" : "grid", from: (Self.left, y), to: (Self.left + plotWidth, y))
      svg.label(Self.rate(tick), x: Self.left - 8, y: y + 4, class: "soft", anchor: .end)
    }
    for tick in AxisTicks(time: span, atMost: 10).values {
      let x = self.x(of: tick)
      if tick > 0 { svg.line("grid", from: (x, bottom), to: (x, bandsBottom - 8)) }
      let text = tick == 0 ? "0" : TimeText.inWords(tick)
      // The last stays within the picture.
      svg.label(
        text, x: min(x, Self.width - 4 - text.pixels / 2), y: bottom + 18, class: "soft", anchor: .middle)
    }
  }

  private static func rate(_ thousandths: UInt64) -> String {
    thousandths % 1_000 == 0
      ? Int(clamping: thousandths / 1_000).grouped : Share(Int(clamping: thousandths), of: 1_000)?.decimal(3) ?? "0"
  }

  func x(of time: UInt64) -> Int {
    Self.left + Int(clamping: UInt64(plotWidth).scaled(by: min(time, span), over: span))
  }

  // MARK: Calls

  /// Bars without gaps, one on top of the other, one shape for each outcome.
  private func drawCalls(bottom: Int, in svg: inout SVGText) {
    let top = self.top
    var below = [Int](repeating: 0, count: bins.count)
    for outcome in [CallOutcome.success, .fallback, .cancelled, .timeout, .failure, .rejected]
    where summary[outcome] > 0 {
      var path = ""
      for bin in 0..<bins.count {
        let calls = bins.calls(outcome, in: bin)
        guard calls > 0 else { continue }
        let low = height(of: below[bin], top)
        below[bin] += calls
        let high = height(of: below[bin], top)
        let left = x(of: bins.width * UInt64(bin))
        let right = x(of: bins.width * UInt64(bin + 1))
        path += "M\(left) \(bottom - low)V\(bottom - high)H\(right)V\(bottom - low)Z"
      }
      svg.add("<path class=\"\(outcome.word)\" d=\"\(path)\"><title>\(outcome.word)</title></path>")
    }
  }

  private func height(of calls: Int, _ top: UInt64) -> Int {
    Int(clamping: UInt64(Self.plotHeight).scaled(by: bins.rate(of: calls), over: top))
  }
}
