internal import LocatedYAML

/// What to say of a key that a map does not know.
struct UnknownKey {
  let name: String
  let key: Node
  let value: Node
  let map: Node
  let section: SectionFacts
  let decoder: PolicyDecoder

  func report() {
    if name.hasPrefix("x-"), section.allowsExtensions { return }
    let near = NearestName(to: name, among: section.fields.map(\.name))
    if let best = near.best { decoder.suggest(best, for: map) }
    decoder.report(
      .unknownKey, "\(section.title.withArticle) has no `\(name)`", at: Location(key), help: near.question)
  }
}
