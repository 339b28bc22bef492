#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The calls as bars beside what they may take: an SVG picture, on a scale of powers of ten from one nanosecond on.
struct Chart {
  private static let width = 860
  private static let left = 300
  private static let right = 90
  private static let decades = 4
  private static let rowHeight = 24
  private static let groupHeight = 30
  private static let headHeight = 66

  private static let style = """
    .ground{fill:#ffffff}.ink{fill:#1f2328}.soft{fill:#59636e}.grid{stroke:#d1d9e0}.mark{stroke:#1f2328;stroke-width:2}\
    .within{fill:#009e73}.over{fill:#d55e00}.free{fill:#8c959f}
    @media (prefers-color-scheme: dark){.ground{fill:#0d1117}.ink{fill:#f0f6fc}.soft{fill:#9198a1}.grid{stroke:#3d444d}\
    .mark{stroke:#f0f6fc}}
    """

  private let groups: [(name: String, bars: [Bar])]

  init(_ measurements: [Measurement]) {
    groups = Scenario.Group.allCases.compactMap { group in
      let bars = measurements.compactMap { $0.scenario.group == group ? Bar($0) : nil }
      return bars.isEmpty ? nil : (group.rawValue, bars)
    }
  }

  var svg: String {
    var parts: [String] = []
    var y = Self.headHeight
    for group in groups {
      parts.append("<text class=\"ink\" x=\"16\" y=\"\(y + 18)\" font-weight=\"bold\">\(group.name)</text>")
      y += Self.groupHeight
      for bar in group.bars {
        parts.append(bar.row(at: y))
        y += Self.rowHeight
      }
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(y + 34)" font-family="sans-serif" font-size="12">
      <style>\(Self.style)</style>
      <rect class="ground" width="100%" height="100%"/>
      <text class="ink" x="16" y="24" font-size="15" font-weight="bold">What a policy adds to a call</text>
      \(Self.legend)
      \(Self.grid(bottom: y + 6))
      \(parts.joined(separator: "\n"))
      </svg>

      """
  }

  private static var legend: String {
    let entries = [("within", "within its target"), ("over", "over it"), ("free", "no target")]
    let keys = entries.enumerated().map { number, entry in
      let x = 16 + number * 140
      return "<rect class=\"\(entry.0)\" x=\"\(x)\" y=\"38\" width=\"12\" height=\"12\"/>"
        + "<text class=\"ink\" x=\"\(x + 18)\" y=\"48\">\(entry.1)</text>"
    }
    let mark = "<path class=\"mark\" d=\"M442 36v16\"/><text class=\"ink\" x=\"452\" y=\"48\">the target</text>"
    return (keys + [mark]).joined(separator: "\n")
  }

  private static func grid(bottom: Int) -> String {
    (0...decades).map { decade in
      let x = left + decade * (width - left - right) / decades
      let text = ["1 ns", "10 ns", "100 ns", "1 µs", "10 µs"][decade]
      return "<path class=\"grid\" d=\"M\(x).5 \(headHeight)V\(bottom)\"/>"
        + "<text class=\"soft\" x=\"\(x)\" y=\"\(bottom + 16)\" text-anchor=\"middle\">\(text)</text>"
    }
    .joined(separator: "\n")
  }

  /// Where so many nanoseconds stand; what is less than one, or more than the last power, stands at the end.
  fileprivate static func x(of nanoseconds: Double) -> Double {
    let share = min(max(log10(max(nanoseconds, 1)) / Double(decades), 0), 1)
    return (Double(left) + share * Double(width - left - right)).rounded(to: 1)
  }

  /// One line of the picture.
  private struct Bar {
    let name: String
    let value: Double
    /// `nil`: none was asked.
    let target: Double?

    /// `nil` for what is no call.
    init?(_ measurement: Measurement) {
      guard let median = measurement.median else { return nil }
      name = measurement.scenario.name
      value = median
      if case .call(let nanoseconds, _) = measurement.scenario.target, nanoseconds.isFinite {
        target = nanoseconds
      } else {
        target = nil
      }
    }

    func row(at top: Int) -> String {
      let end = Chart.x(of: value)
      let mark = target.map(Chart.x)
      let kind = target.map { value <= $0 ? "within" : "over" } ?? "free"
      let line = mark.map { "<path class=\"mark\" d=\"M\($0) \(top - 1)v16\"/>" } ?? ""
      let length = max(end - Double(Chart.left), 1).rounded(to: 1)
      let textX = (max(end, mark ?? 0) + 8).rounded(to: 1)
      return "<text class=\"ink\" x=\"28\" y=\"\(top + 11)\">\(name)</text>"
        + "<rect class=\"\(kind)\" x=\"\(Chart.left)\" y=\"\(top)\" width=\"\(length)\" height=\"14\"/>"
        + line + "<text class=\"ink\" x=\"\(textX)\" y=\"\(top + 11)\">\(value.short)</text>"
    }
  }
}
