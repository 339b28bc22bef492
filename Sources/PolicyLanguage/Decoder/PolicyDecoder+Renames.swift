internal import LocatedYAML

extension PolicyDecoder {
  /// Reads the name that an element had; answers whether it is one.
  func readFormerName(_ layered: Layered) -> Bool {
    guard let old = scalar(layered, as: .named("name", examples: ["old-name"])) else { return false }
    // What an element extends was renamed by itself.
    if case .parent = layered.top.origin { return true }
    guard let owner = path.ownerOfField else {
      report(
        .deadField, "`\(SectionFacts.renamedFrom)` does nothing here: the element goes by the name of its pipeline",
        at: Location(layered.node), help: "give the element a name in its section")
      return false
    }
    renames.append(Rename(section: owner.section, old: old, new: owner.name, location: Location(layered.node)))
    return true
  }
}

/// What renames have to agree about, once every name is known.
struct RenameCheck {
  let decoder: PolicyDecoder

  func run() {
    var taken: [Key: Rename] = [:]
    for rename in decoder.renames {
      checkOld(rename)
      let key = Key(section: rename.section, old: rename.old)
      guard let earlier = taken[key] else {
        taken[key] = rename
        continue
      }
      report(
        "`\(earlier.new)` takes over the live state of `\(rename.old)` already", rename,
        related: [.init(earlier.location, "here")], help: "only one of them can be what it was")
    }
  }

  private struct Key: Hashable {
    let section: SectionName
    let old: String
  }

  /// What is still there cannot be what another one was.
  private func checkOld(_ rename: Rename) {
    guard let place = place(of: rename.old, in: rename.section) else { return }
    let message =
      rename.old == rename.new
      ? "`\(rename.new)` cannot have been renamed from itself"
      : "\(rename.section.singular) `\(rename.old)` is still there, so `\(rename.new)` cannot take over its live state"
    report(message, rename, related: [.init(place, "`\(rename.old)` is here")], help: "remove one of the two")
  }

  private func report(_ message: String, _ rename: Rename, related: [Diagnostic.Related], help: String) {
    decoder.log.add(
      Diagnostic(
        .duplicateDefinition, message, at: rename.location,
        path: "\(rename.section.rawValue).\(rename.new)/\(SectionFacts.renamedFrom)", related: related, help: help))
  }

  /// Where an element of that name is defined: in its section, or in a layer.
  private func place(of name: String, in section: SectionName) -> Location? {
    if let entry = decoder.catalogue.entry(name, in: section) { return Location(entry.key) }
    guard name.contains("/") else { return nil }
    let layers =
      decoder.elements.pipelines.compactMap { $0?.value } + decoder.elements.operations.map(\.value.layers)
    return layers.joined().lazy.compactMap { $0.place(of: name, in: section) }.first
  }
}

extension LayerDefinition {
  /// Where the layer's element stands, if it is the one of this name.
  fileprivate func place(of name: String, in section: SectionName) -> Location? {
    switch (element, section) {
    case (.breaker(let element), .breakers): element.name == name ? element.location : nil
    case (.bulkhead(let element), .bulkheads): element.name == name ? element.location : nil
    case (.rateLimit(let element), .rateLimiters): element.name == name ? element.location : nil
    case (.hedge(let element), .hedges): element.name == name ? element.location : nil
    case (.fallback(let chain), .fallbacks): chain.first { $0.name == name }?.location
    default: nil
    }
  }
}
