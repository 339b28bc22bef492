/// One line of a file laid out in a terminal's cells.
struct DisplayLine {
  private var characters: [CharacterCells] = []
  /// Where each character begins, in cells; one more entry for the end.
  private var starts: [Int] = [0]

  init(_ text: String) {
    for scalar in text.unicodeScalars {
      let end = starts[starts.count - 1]
      let cells = CharacterCells(scalar, at: end)
      characters.append(cells)
      starts.append(end + cells.width)
    }
  }

  /// The cells of the whole line.
  var width: Int { starts[starts.count - 1] }

  /// The cells of the characters from column `first` up to, not including, `end`, both from 1; at least one cell.
  ///
  /// Columns behind the end of the line stand for the cell behind it.
  func cells(from first: Int, to end: Int) -> Range<Int> {
    let start = starts[min(max(first - 1, 0), characters.count)]
    let stop = starts[min(max(end - 1, 0), characters.count)]
    return start..<max(stop, start + 1)
  }

  /// The part of the line that is shown when only `limit` cells are there: around `focus`, cut ends marked with `…`.
  func window(around focus: Range<Int>, limit: Int) -> Window {
    guard width > limit, limit > 4 else {
      return Window(text: text(0..<characters.count), shift: 0, cells: 0..<width + 1)
    }
    let inner = limit - 2
    let centre = focus.lowerBound + min(focus.count, inner) / 2
    let first = min(max(centre - inner / 2, 0), max(width - inner, 0))
    let shown = characters.indices.filter { starts[$0] >= first && starts[$0 + 1] <= first + inner }
    guard let from = shown.first, let to = shown.last else { return Window(text: "…", shift: 0, cells: 0..<1) }
    let lead = from > 0 ? "…" : ""
    let tail = to + 1 < characters.count ? "…" : ""
    return Window(
      text: lead + text(from..<to + 1) + tail, shift: starts[from] - (lead.isEmpty ? 0 : 1),
      cells: starts[from]..<starts[to + 1] + (tail.isEmpty ? 1 : 0))
  }

  /// A shown part of a line.
  struct Window {
    let text: String
    /// How many cells stand left of the first shown one.
    let shift: Int
    /// The cells of the line that are shown.
    let cells: Range<Int>
  }

  private func text(_ range: Range<Int>) -> String { characters[range].map(\.text).joined() }
}
