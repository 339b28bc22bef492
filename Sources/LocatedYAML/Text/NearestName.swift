/// The name closest to `wanted` among `candidates`, or `nil` when none is close enough to be a slip.
///
/// Close is at most one edit for every three letters, counted as insertions, deletions, replacements and swaps of
/// neighbours (optimal string alignment); names that differ in case alone are always close. The first of equals wins.
/// Names of more than 64 characters are nobody's slip, and would take long to compare.
package func nearestName(to wanted: String, among candidates: some Sequence<String>) -> String? {
  let letters = Array(wanted.unicodeScalars.prefix(longestName + 1))
  guard letters.count <= longestName else { return nil }
  let most = letters.count / 3
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let others = Array(candidate.unicodeScalars.prefix(longestName + 1))
    guard others.count <= longestName else { continue }
    guard abs(others.count - letters.count) <= most || candidate.lowercased() == wanted.lowercased() else { continue }
    let distance = candidate.lowercased() == wanted.lowercased() ? 0 : editDistance(letters, others)
    if distance <= most, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

private let longestName = 64

/// O(left × right) time, O(right) memory.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    for column in right.indices {
      let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
      var best = min(replaced, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        best = min(best, beforePrevious[column - 1] + 1)
      }
      current.append(best)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous.last ?? 0
}
