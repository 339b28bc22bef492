/// The names that somebody who wrote another one may have meant.
package struct NearestName {
  /// The nearest first, at most three.
  package let candidates: [String]
  var best: String? { candidates.first }

  /// Looks for the names that are at most a third of their letters away, case and separators being small differences.
  ///
  package init(to name: String, among names: some Sequence<String>) {
    let plain = NearestName.plain(name)
    var found: [(name: String, distance: Int)] = []
    for other in names where other != name {
      let candidate = NearestName.plain(other)
      let most = max(1, min(plain.count, candidate.count) / 3)
      guard abs(candidate.count - plain.count) <= most else { continue }
      let distance = EditDistance.between(plain, candidate, atMost: most)
      if let distance { found.append((other, distance)) }
    }
    found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
    let nearest = found.first?.distance ?? 0
    candidates = found.prefix { $0.distance <= nearest + 1 }.prefix(3).map(\.name)
  }

  /// ``candidates`` in a sentence, or `nil` when there is none.
  package var question: String? {
    candidates.isEmpty ? nil : "did you mean \(candidates.map { "`\($0)`" }.joinedAsAlternatives)?"
  }

  private static func plain(_ name: String) -> [UInt8] {
    name.lowercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
  }
}
