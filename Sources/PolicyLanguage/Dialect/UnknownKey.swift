internal import LocatedYAML

/// What to say of a key that a map does not know: what another program means by it, where it would be legal, what is
/// nearest.
struct UnknownKey {
  let name: String
  let key: Node
  let value: Node
  let map: Node
  let section: SectionFacts
  let decoder: PolicyDecoder

  func report() {
    if name.hasPrefix("x-"), section.allowsExtensions { return }
    let advice = foreign ?? spelled ?? elsewhere ?? nearest ?? Advice(help: known)
    for field in advice.meant { decoder.suggest(field, for: map) }
    decoder.suggest("", for: map)
    decoder.report(
      .unknownKey, "\(section.title.withArticle) has no `\(name)`", at: Location(key), notes: advice.notes,
      help: advice.help, fix: advice.fix)
  }

  private struct Advice {
    var help: String?
    var notes: [String] = []
    var fix: Fix?
    /// The fields that the key may have been written for.
    var meant: [String] = []
  }

  /// The same setting under the name that another program gives it.
  private var foreign: Advice? {
    guard let found = ForeignKeys.find(name, in: section.title) else { return nil }
    let first = found.field.split(separator: ".").first.map(String.init) ?? found.field
    let notes = found.remark.map { [$0] } ?? []
    guard value.kind == .scalar, let converted = found.conversion.convert(value.text) else {
      return Advice(
        help: "what \(found.program) calls `\(name)` is `\(found.field)` here", notes: notes, meant: [first])
    }
    let isPresent = map.value(first) != nil
    return Advice(
      help: "`\(name): \(value.text)` of \(found.program) is `\(ForeignKey.written(found.field, converted))` here",
      notes: notes, fix: isPresent ? nil : replacement(found.field, converted), meant: [first])
  }

  private func replacement(_ field: String, _ converted: String) -> Fix? {
    guard !field.contains(".") else { return nil }
    return Fix(.safe, [Fix.Edit(Location(key), field), Fix.Edit(Location(value), converted)])
  }

  /// The same name in another case, or with other separators.
  private var spelled: Advice? {
    let plain = Self.plain(name)
    guard let field = section.fields.first(where: { Self.plain($0.name) == plain }) else { return nil }
    return Advice(
      help: "it is written `\(field.name)`", fix: rename(to: field.name, .safe), meant: [field.name])
  }

  private var elsewhere: Advice? {
    if name.hasPrefix("x-") { return Advice(help: "`x-` keys stand at the top level of a file only") }
    let titles = FieldPlaces.titles(of: name).filter { $0 != section.title }
    guard !titles.isEmpty else { return nil }
    let near = nearest
    return Advice(
      help: "`\(name)` belongs in \(titles.map(\.withArticle).joinedAsAlternatives)",
      notes: near?.help.map { [$0] } ?? [], meant: near?.meant ?? [])
  }

  private var nearest: Advice? {
    let near = NearestName(to: name, among: section.fields.map(\.name))
    guard let best = near.best else { return nil }
    return Advice(
      help: near.question, fix: near.candidates.count == 1 ? rename(to: best, .unsafe) : nil, meant: near.candidates)
  }

  private var known: String? {
    let names = section.fields.filter { $0.availability == .available }.map { "`\($0.name)`" }
    return names.isEmpty ? nil : "\(section.title.withArticle) has \(names.joined(separator: ", "))"
  }

  private func rename(to field: String, _ safety: Fix.Safety) -> Fix? {
    map.value(field) == nil ? Fix(safety, [Fix.Edit(Location(key), field)]) : nil
  }

  private static func plain(_ name: String) -> String {
    name.lowercased().filter { $0 != "-" && $0 != "_" }
  }
}

extension ForeignKey {
  /// `backoff: {max: 10s}` for `backoff.max`.
  static func written(_ field: String, _ value: String) -> String {
    let parts = field.split(separator: ".")
    guard parts.count == 2, let outer = parts.first, let inner = parts.last else { return "\(field): \(value)" }
    return "\(outer): {\(inner): \(value)}"
  }
}
