/// How many edits lie between two texts: insertions, deletions, replacements, and swaps of neighbours.
///
/// The restricted Damerau–Levenshtein distance (optimal string alignment), by rows.
enum EditDistance {
  /// The distance, `nil` when it is more than `most`. O(left · right).
  static func between(_ left: [UInt8], _ right: [UInt8], atMost most: Int) -> Int? {
    guard abs(left.count - right.count) <= most else { return nil }
    var before: [Int] = []
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var next = [i + 1]
      next.reserveCapacity(right.count + 1)
      for (j, b) in right.enumerated() {
        var best = min(row[j + 1] + 1, next[j] + 1, row[j] + (a == b ? 0 : 1))
        if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { best = min(best, before[j - 1] + 1) }
        next.append(best)
      }
      if next.allSatisfy({ $0 > most }) { return nil }
      before = row
      row = next
    }
    return row.last.flatMap { $0 <= most ? $0 : nil }
  }
}
