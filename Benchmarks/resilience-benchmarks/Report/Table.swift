/// The measurements as text, a section for each group.
struct Table {
  let measurements: [Measurement]

  var text: String {
    Scenario.Group.allCases.compactMap(section).joined(separator: "\n")
  }

  /// Prints as soon as something is measured what the whole table says in the end.
  static func line(_ measurement: Measurement) -> String { cells(measurement).joined(separator: " | ") }

  private func section(_ group: Scenario.Group) -> String? {
    let rows = measurements.filter { $0.scenario.group == group }.map(Self.cells)
    guard !rows.isEmpty else { return nil }
    let all = Self.withoutEmptyColumns([[Self.title(group)] + Self.headings(group)] + rows)
    let widths = (0..<all[0].count).map { column in all.map { $0[column].count }.max() ?? 0 }
    let lines = all.map { row in
      row.enumerated().map {
        pad($0.element, to: widths[$0.offset], left: $0.offset == 0 || $0.offset == row.count - 1)
      }
      .joined(separator: "  ")
    }
    return ([lines[0], String(repeating: "-", count: lines[0].count)] + lines.dropFirst()).joined(separator: "\n")
      + "\n"
  }

  /// Columns that no row of a section has anything in make lines longer than a terminal is wide.
  private static func withoutEmptyColumns(_ all: [[String]]) -> [[String]] {
    let mark = all[0].count - 1
    let kept = all[0].indices.filter { column in column == mark || all.dropFirst().contains { !$0[column].isEmpty } }
    return all.map { row in kept.map { row[$0] } }
  }

  private static func title(_ group: Scenario.Group) -> String {
    switch group {
    case .blocking, .contended, .asynchronous, .lookUp: "\(group.rawValue), ns over bare"
    case .memory, .timers, .loading, .programs: group.rawValue
    }
  }

  private static func headings(_ group: Scenario.Group) -> [String] {
    switch group {
    case .blocking, .contended, .asynchronous, .lookUp:
      ["middle", "best", "bare", "ratio", "target", "blocks", "bytes", "instructions", "counts", ""]
    case .memory: ["bytes", "target", ""]
    case .timers, .loading, .programs: ["figure", "target", ""]
    }
  }

  private static func cells(_ measurement: Measurement) -> [String] {
    let mark = measurement.meetsTarget == false ? "MISSED" : ""
    let name = measurement.scenario.name
    if let figure = measurement.figure {
      let remark = [mark, figure.note].filter { !$0.isEmpty }.joined(separator: " ")
      return [name, "\(figure.value.short) \(figure.unit)", target(measurement.scenario.target), remark]
    }
    let ratio = measurement.median.flatMap { median in
      measurement.bare.map { $0 > 0 ? (median + $0) / $0 : 0 }
    }
    return [
      name, measurement.median.shown, measurement.best.shown, measurement.bare.shown,
      ratio.map { "\($0.short)×" } ?? "",
      target(measurement.scenario.target), blocks(measurement),
      (measurement.allocations?.bytes).shown, measurement.instructions.shown, measurement.referenceCounts.shown, mark,
    ]
  }

  /// With as many as the line may ask for, where that is any.
  private static func blocks(_ measurement: Measurement) -> String {
    let blocks = (measurement.allocations?.blocks).shown
    guard case .call(_, let most) = measurement.scenario.target, most > 0, most.isFinite, !blocks.isEmpty else {
      return blocks
    }
    return "\(blocks) ≤ \(most.short)"
  }

  private static func target(_ target: Scenario.Target) -> String {
    switch target {
    case .call(.infinity, _), .none: ""
    case .call(let nanoseconds, _):
      "≤ \(nanoseconds.short)"
    case .bytes(let most): "≤ \(most.short)"
    case .ratio(let most, let base): "≤ \(most.short) × \(base)"
    case .limit(let most, let unit): "≤ \(most.short) \(unit)"
    }
  }

  private func pad(_ text: String, to width: Int, left: Bool) -> String {
    let space = String(repeating: " ", count: max(width - text.count, 0))
    return left ? text + space : space + text
  }
}

extension Double? {
  fileprivate var shown: String { map(\.short) ?? "" }
}
