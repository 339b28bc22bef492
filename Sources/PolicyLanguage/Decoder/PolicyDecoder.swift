internal import LocatedYAML

/// Reads the elements of one environment: knows which names there are, where it stands, and what it has found wrong.
final class PolicyDecoder {
  let catalogue: Catalogue
  /// The environment's own name first, then those it extends; empty for the base.
  let environments: [Environment]
  var log = FindingLog()
  let path = PolicyPath()
  /// The elements read so far.
  var elements = ElementTable()
  /// Names that something refers to.
  var used = UsedNames()
  /// Texts in values that could not be read.
  private(set) var mentioned: Set<String> = []
  /// The pipeline or operation whose layers are being read, and how many unnamed elements of each kind it has.
  var layerOwner = LayerOwner()
  /// The keys of layers that put a pipeline into itself.
  var cyclicSplices: Set<Location> = []
  /// The elements that take over the live state of others.
  var renames: [Rename] = []
  /// Whether something handles the failures that no class matches.
  var handlesOther = false
  /// The word that turns off the thing being read.
  var offered: String?
  let consumption: ConsumptionLog?
  /// What was read before, for what is written in the same way.
  var alike: WrittenAlike
  /// Values that are kept as they stand.
  private(set) var kept: [Location] = []
  /// Fields that unknown keys of a map were taken for: they are not reported as missing.
  private var suggested: [Location: Set<String>] = [:]

  init(_ catalogue: Catalogue, environments: [Environment] = [], consumption: ConsumptionLog? = nil) {
    self.catalogue = catalogue
    self.environments = environments
    self.consumption = consumption
    alike = WrittenAlike(nodes: catalogue.nodeCount)
  }

  private static let nulls = ["~", "null", "Null", "NULL"]

  func push(_ name: String, _ key: consuming Node) { path.push(name, key) }
  func pop() { path.pop() }

  func consume(_ node: Node) { consumption?.consume(node) }
  /// Notes that a value is not read because of a finding: a name in it counts as used.
  func reject(_ node: Node) {
    if node.kind == .scalar { mentioned.insert(node.text) }
    for item in node.items { reject(item.resolved) }
    for (_, value) in node.entries { reject(value.resolved) }
  }

  /// Whether a place holds nothing, which is reported where the YAML is read.
  func isEmpty(_ node: Node) -> Bool {
    if node.kind == .alias { return true }
    guard node.kind == .scalar, node.style == .plain else { return false }
    switch node.firstByte {
    case nil: return true
    case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"): return Self.nulls.contains { node.hasText($0) }
    default: return false
    }
  }
}

// MARK: Scalars

extension PolicyDecoder {
  /// Reads one text.
  func scalar<Value>(_ layered: Layered, as notation: TextNotation<Value>) -> Value? {
    let node = layered.node
    guard node.kind == .scalar, !isEmpty(node) else {
      wrongKind(node, expected: notation.shape)
      return nil
    }
    do {
      let value = try notation.parse(node.text)
      consume(node)
      return value
    } catch {
      report(error.offering(offered), at: node)
      return nil
    }
  }

  /// Reports a value of another kind than is read here.
  func wrongKind(_ node: Node, expected shape: Shape) {
    reject(node)
    if isEmpty(node) { return }
    var advice = Advice(
      .wrongType, "\(node.kind.inWords) stands where \(shape.inWords) is read")
    if let only = node.items.first?.resolved, node.items.count == 1, only.kind == .scalar, shape.acceptsValue {
      advice.replacement = node.source.text(only.span)
      advice.help = "write `\(node.source.text(only.span))` without the brackets"
    } else if let long = longForm(node, in: shape) {
      advice.replacement = long
      advice.help = "write `\(long)`"
    } else if node.kind == .sequence, shape.maps.contains(where: { $0.field("layers") != nil }) {
      advice.help = "layers of its own stand under `layers`"
    }
    report(advice, at: node)
  }
}

extension PolicyDecoder {
  /// What a single value would be in full: a list of one, or a map that extends the element it names.
  private func longForm(_ node: Node, in shape: Shape) -> String? {
    guard node.kind == .scalar, node.style == .plain else { return nil }
    if case .list = shape { return "[\(node.text)]" }
    let isName = SectionName.allCases.contains {
      catalogue.entry(node.text, in: $0) != nil || Presets.has(node.text, in: $0)
    }
    return isName && shape.maps.contains(where: \.inherits) ? "{\(SectionFacts.extends): \(node.text)}" : nil
  }
}

extension Node.Kind {
  /// The kind in a sentence.
  var inWords: String {
    switch self {
    case .scalar: "a single value"
    case .sequence: "a list"
    case .mapping: "a map"
    case .alias: "an alias"
    }
  }
}

// MARK: Findings

extension PolicyDecoder {
  func report(
    _ rule: Rule, _ message: String, at place: Location, related: [Diagnostic.Related] = [], notes: [String] = [],
    help: String? = nil, fix: Fix? = nil
  ) {
    log.add(
      Diagnostic(
        rule, message, at: place, path: path.text, related: related, notes: notes, help: help, fix: fix))
  }

  /// Reports what a notation says of a text.
  func report(_ advice: Advice, at node: Node) {
    reject(node)
    let field = path.last.map { "`\($0)`: " } ?? ""
    let place = Location(node)
    report(
      advice.rule, field + advice.message, at: place, help: advice.help,
      fix: advice.replacement.map { Fix(advice.safety, [Fix.Edit(place, node.style.quote($0))]) })
  }

  /// Whether a field of the table may be read; reports it otherwise.
  func allows(_ field: FieldFacts, value: Layered) -> Bool {
    let key = path.key ?? value.node
    switch field.availability {
    case .available: return true
    case .deprecated(let replacement):
      report(
        .deprecatedField, "`\(field.name)` is replaced by `\(replacement)`", at: Location(key),
        fix: Fix(.safe, [Fix.Edit(Location(key), replacement)]))
      return true
    case .removed(let replacement):
      report(
        .removedField, "`\(field.name)` is gone; `\(replacement)` has taken its place", at: Location(key),
        fix: Fix(.safe, [Fix.Edit(Location(key), replacement)]))
      reject(value.node)
      return false
    }
  }

  func reportStandard(_ field: FieldFacts, _ value: Node) {
    guard environments.isEmpty, !Presets.hold(value) else { return }
    report(
      .equalsDefault, "`\(field.name)` is \(field.standard.map { "`\($0)`" } ?? "this") anyway", at: Location(value),
      help: "leave it out")
  }

  /// Reports that one of these fields has to be there.
  func missing(_ fields: [FieldFacts], in section: SectionFacts, at map: Node) {
    let known = suggested[Location(map)] ?? []
    let isChoice = fields.count > 1 && !known.isEmpty
    guard !isChoice, !known.contains("<<"), !fields.contains(where: { known.contains($0.name) }),
      !catalogue.mayHide(fields.map(\.name), near: map)
    else { return }
    let names = fields.filter(\.availability.isWritable).map { "`\($0.name)`" }.joinedAsAlternatives
    let place = path.key.map { Location($0) } ?? Location(map)
    report(
      .missingField, "\(section.title.withArticle) has no \(names)", at: place,
      help: fields.first.map { "for example `\($0.name): \($0.example)`" })
  }

  /// Reports fields of which only one can be there.
  func tooMany(_ names: [String], in map: Node) {
    guard let first = names.first else { return }
    for name in names.dropFirst() {
      guard let key = map.entries.first(where: { $0.key.resolved.hasText(name) })?.key else { continue }
      report(
        .deadField, "`\(name)` cannot stand beside `\(first)`: there is one of them", at: Location(key),
        related: map.value(first).map { [Diagnostic.Related(Location($0), "`\(first)` is here")] } ?? [],
        help: "remove one")
    }
  }

  /// Takes a value as it stands.
  func keep(_ node: Node) {
    kept.append(Location(node))
    consumeAll(node)
  }

  func suggest(_ field: String, for map: Node) { suggested[Location(map), default: []].insert(field) }
}

extension Node.Style {
  /// The text as this style writes it.
  fileprivate func quote(_ text: String) -> String {
    switch self {
    case .singleQuoted: "'\(text)'"
    case .doubleQuoted: "\"\(text)\""
    default: text
    }
  }
}
