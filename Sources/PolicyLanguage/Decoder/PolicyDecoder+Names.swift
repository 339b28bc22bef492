internal import LocatedYAML

extension PolicyDecoder {
  /// The element that a text refers to: its name, and its position unless it is a preset. Reports one that does not exist.
  func reference(_ node: Node, to section: SectionName) -> (name: String, position: Int?)? {
    guard node.kind == .scalar, !isEmpty(node) else {
      wrongKind(node, expected: .reference(section))
      return nil
    }
    let name = node.text
    let position = catalogue.sections[section].position(of: name)
    if let position {
      used.insert(position, in: section)
    } else if !Presets.has(name, in: section) {
      undefined(name, in: section, at: node)
      return nil
    }
    consume(node)
    return (name, position)
  }

  /// Reports a name that its section does not have.
  func undefined(_ name: String, in section: SectionName, at node: Node) {
    reject(node)
    if catalogue.mayHide([name]) { return }
    let names = catalogue.sections[section].list.map(\.name) + Presets.names(in: section)
    let elsewhere = SectionName.allCases.filter { $0 != section && catalogue.entry(name, in: $0) != nil }
    let near = NearestName(to: name, among: names)
    let help =
      near.question
      ?? elsewhere.first.map {
        "`\(name)` is \($0.singular.withArticle); \(section.singular.withArticle) is needed here"
      }
      ?? (names.isEmpty ? "the file has no `\(section.rawValue)`" : nil)
    report(
      .undefinedReference, "no \(section.singular) is called `\(name)`", at: Location(node),
      related: near.best.flatMap { catalogue.entry($0, in: section) }.map {
        [Diagnostic.Related(Location($0.key), "`\($0.name)` is defined here")]
      } ?? [],
      help: help,
      fix: near.candidates.count == 1
        ? near.best.map { Fix(.unsafe, [Fix.Edit(Location(node), $0)]) } : nil)
  }

  /// An element with the overrides of the environment over it, without what it extends.
  func view(of entry: Entry, in section: SectionName) -> Layered {
    guard !environments.isEmpty else { return Layered(entry.value) }
    var layers: [Layered.Layer] = []
    for environment in environments {
      guard let override = environment.overlay.elements[section][entry.name] else { continue }
      layers.append(Layered.Layer(node: override.value, origin: .environment(environment.name)))
    }
    layers.append(Layered.Layer(node: entry.value, origin: .own))
    return Layered(layers) ?? Layered(entry.value)
  }

  /// The same with everything below it that it extends. Reports names that do not exist, cycles, and other sections' names.
  func inheriting(_ view: Layered, in section: SectionName, named name: String? = nil) -> Layered {
    guard var link = parentLink(of: view) else { return view }
    var result = view
    var chain = name.map { [$0] } ?? []
    while let (parent, parentName) = resolve(link, in: section) {
      if chain.contains(parentName) {
        reportCycle(chain.drop { $0 != parentName }, in: section)
        return result
      }
      chain.append(parentName)
      result = result.over(parent.layers.map { Layered.Layer(node: $0.node, origin: .parent(parentName)) })
      guard let next = parentLink(of: parent) else { return result }
      link = next
    }
    return result
  }

  private func parentLink(of view: Layered) -> Node? {
    if view.isPlain { return view.node.value(SectionFacts.extends)?.resolved }
    for layer in view.layers where layer.node.kind == .mapping {
      if let link = layer.node.value(SectionFacts.extends) { return link.resolved }
    }
    return nil
  }

  private func resolve(_ link: Node, in section: SectionName) -> (view: Layered, name: String)? {
    guard link.kind == .scalar, !isEmpty(link) else {
      wrongKind(link, expected: .reference(section))
      return nil
    }
    let name = link.text
    if let preset = Presets.view(name, in: section) {
      return (preset, name)
    }
    if let position = catalogue.sections[section].position(of: name) {
      let entry = catalogue.sections[section].list[position]
      used.insert(position, in: section)
      return (view(of: entry, in: section), name)
    }
    let elsewhere = SectionName.allCases.first { $0 != section && catalogue.entry(name, in: $0) != nil }
    guard let elsewhere else {
      undefined(name, in: section, at: link)
      return nil
    }
    report(
      .extendsChain,
      "`\(name)` is \(elsewhere.singular.withArticle), and \(section.singular.withArticle) is needed here",
      at: Location(link))
    return nil
  }

  /// One finding for a cycle, wherever it is met first: at the `extends` of its first element.
  private func reportCycle(_ names: ArraySlice<String>, in section: SectionName) {
    let entries = names.compactMap { catalogue.entry($0, in: section) }
    let position = { (entry: Entry) in self.catalogue.sections[section].position(of: entry.name) ?? .max }
    guard let first = entries.min(by: { position($0) < position($1) }) else { return }
    let around = names.drop { $0 != first.name } + names.prefix { $0 != first.name } + [first.name]
    let link = parentLink(of: view(of: first, in: section)) ?? first.key
    report(
      .extendsChain, "`\(first.name)` extends itself: \(around.joined(separator: " → "))", at: Location(link),
      help: "one of them has to stand on its own")
  }
}
