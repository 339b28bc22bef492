/// The calls that have a target, as bars beside what they may take: an SVG picture.
struct Chart {
  private static let barHeight = 14.0
  private static let rowHeight = 34.0
  private static let textWidth = 330.0
  private static let width = 820.0

  private struct Bar {
    let name: String
    let value: Double
    let target: Double
  }

  private let bars: [Bar]

  init(_ measurements: [Measurement]) {
    bars = measurements.compactMap { measurement in
      guard case .call(let target, _) = measurement.scenario.target, target <= 100, let median = measurement.median
      else { return nil }
      return Bar(name: measurement.scenario.fullName, value: max(median, 0), target: target)
    }
  }

  var svg: String {
    let height = Double(bars.count) * Self.rowHeight + 40
    let longest = bars.map { max($0.value, $0.target) }.max() ?? 1
    let scale = (Self.width - Self.textWidth - 80) / max(longest, 1)
    let rows = bars.enumerated().map { row($0.element, at: 30 + Double($0.offset) * Self.rowHeight, scale) }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width.short) \(height)" font-family="sans-serif" \
      font-size="12" fill="currentColor">
      <rect width="100%" height="100%" fill="#ffffff"/>
      <g fill="#222222">
      <text x="10" y="16" font-weight="bold">Nanoseconds a call over the bare call; the line is the target</text>
      \(rows.joined(separator: "\n"))
      </g>
      </svg>

      """
  }

  private func row(_ bar: Bar, at top: Double, _ scale: Double) -> String {
    let colour = bar.value <= bar.target ? "#3b7a57" : "#b5482f"
    let end = Self.textWidth + bar.value * scale
    let mark = Self.textWidth + bar.target * scale
    return """
      <text x="10" y="\(top + 11)">\(bar.name)</text>
      <rect x="\(Self.textWidth)" y="\(top)" width="\((bar.value * scale).rounded(to: 1))" height="\(Self.barHeight)" fill="\(colour)"/>
      <line x1="\(mark.rounded(to: 1))" x2="\(mark.rounded(to: 1))" y1="\(top - 4)" y2="\(top + 18)" stroke="#222222"/>
      <text x="\((max(end, mark) + 6).rounded(to: 1))" y="\(top + 11)">\(bar.value.short)</text>
      """
  }
}
