import LocatedYAML
import PolicyLanguage

extension [Finding] {
  /// The findings by file in the order of `sources`, by place, then by rule and by what they say: the same input gives
  /// the same order.
  func inFileOrder(of sources: [SourceText]) -> [Finding] {
    let rank = Dictionary(
      sources.enumerated().map { ($0.element.path, $0.offset) }, uniquingKeysWith: { first, _ in first })
    func key(_ finding: Finding) -> (Int, Int, String, String) {
      let place = finding.diagnostic.location
      return (
        rank[place.source.path] ?? .max, place.span.start, finding.rule.code, finding.diagnostic.message
      )
    }
    return sorted { key($0) < key($1) }
  }
}
