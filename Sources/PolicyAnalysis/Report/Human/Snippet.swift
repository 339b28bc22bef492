import LocatedYAML
import PolicyLanguage

/// The lines of a file that a finding speaks of, each with what it points at underlined.
struct Snippet {
  /// A place with what is said of it.
  struct Mark {
    let location: Location
    let label: String
    let isPrimary: Bool

    var line: Int { location.line }
  }

  let marks: [Mark]
  let severity: Severity
  let options: ReportOptions
  /// The digits of the largest line number.
  let gutter: Int

  init(of diagnostic: Diagnostic, options: ReportOptions) {
    let here = diagnostic.related.first { $0.location == diagnostic.location }
    let others = diagnostic.related.filter { $0.location != diagnostic.location }
    marks =
      [Mark(location: diagnostic.location, label: here?.message ?? "", isPrimary: true)]
      + others.map { Mark(location: $0.location, label: $0.message, isPrimary: false) }
    severity = diagnostic.severity
    self.options = options
    gutter = String(marks.map(\.line).max() ?? 1).count
  }

  /// The lines, the primary place's file first, other files under a line with their name.
  func render() -> [String] {
    guard let primary = marks.first else { return [] }
    var rows = ["\(pad("", gutter))\(paintGutter("-->")) \(primary.location.description.visible)", blankGutter]
    for (index, file) in files(after: primary).enumerated() {
      if index > 0, let first = file.first {
        rows.append("\(pad("", gutter))\(paintGutter(":::")) \(first.location.description.visible)")
        rows.append(blankGutter)
      }
      for line in Set(file.map(\.line)).sorted() {
        rows += self.rows(line: line, of: file[0].location.source, marks: file.filter { $0.line == line })
      }
    }
    return rows
  }

  /// The marks by file, in the order of their first mark.
  private func files(after primary: Mark) -> [[Mark]] {
    var order: [ObjectIdentifier] = []
    var byFile: [ObjectIdentifier: [Mark]] = [:]
    for mark in marks {
      let file = ObjectIdentifier(mark.location.source)
      if byFile[file] == nil { order.append(file) }
      byFile[file, default: []].append(mark)
    }
    return order.compactMap { byFile[$0] }
  }

  /// A line and its underlines; the line again for a mark too far away to be shown beside the others.
  private func rows(line number: Int, of source: SourceText, marks: [Mark]) -> [String] {
    let line = DisplayLine(source.line(number))
    let limit = max(options.width - gutter - 4, 20)
    var rows: [String] = []
    var window: DisplayLine.Window?
    for mark in marks.sorted(by: { $0.isPrimary && !$1.isPrimary }) {
      let cells = cells(of: mark, in: line, number: number)
      if window.map({ !$0.cells.contains(cells.lowerBound) }) ?? true {
        let new = line.window(around: cells, limit: limit)
        rows.append("\(paintGutter("\(pad("\(number)", gutter)) |")) \(new.text)")
        window = new
      }
      if let window { rows.append(underline(mark, cells: cells, in: window)) }
    }
    return rows
  }

  private func cells(of mark: Mark, in line: DisplayLine, number: Int) -> Range<Int> {
    let source = mark.location.source
    let start = source.position(of: mark.location.span.start)
    let end = source.position(of: mark.location.span.end)
    return line.cells(from: start.column, to: end.line > number ? .max : end.column)
  }

  private func underline(_ mark: Mark, cells: Range<Int>, in window: DisplayLine.Window) -> String {
    let shown = cells.clamped(to: window.cells)
    let sign = String(repeating: mark.isPrimary ? "^" : "-", count: max(shown.count, 1))
    let label = mark.label.isEmpty ? sign : "\(sign) \(mark.label.visible)"
    let part = mark.isPrimary ? Palette.Part.severity(severity) : .label
    let indent = pad("", max(cells.lowerBound - window.shift, 0))
    return "\(paintGutter("\(pad("", gutter)) |")) \(indent)\(options.palette.paint(label, part))"
  }

  private var blankGutter: String { paintGutter("\(pad("", gutter)) |") }
  private func paintGutter(_ text: String) -> String { options.palette.paint(text, .gutter) }
  private func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
