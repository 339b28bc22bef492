internal import LocatedYAML

/// The files of one load, and everything that they define.
struct GatheredFiles {
  var sources: [SourceText] = []
  var catalogue = Catalogue()
  /// What was found before any element was read.
  var log = FindingLog()
  var incomplete: [FileProblem] = []
  /// Whether a file, or a part of one, is not there to be checked: names may be missing because of that.
  var isUnreadable = false
  /// Texts in values that could not be read.
  var mentioned: Set<String> = []
  var consumption: ConsumptionLog?

  /// Adds what one file defines. A name that another file defines too is reported.
  mutating func merge(_ draft: FileDraft) {
    for section in SectionName.allCases {
      add(draft.elements[section], to: section)
    }
    if let guardrails = draft.guardrails { add(guardrails: guardrails) }
    catalogue.waivers += draft.waivers
    for entry in draft.environments.list { add(environment: entry) }
  }

  /// Takes over a whole table where nothing is to be said of any of its names.
  private mutating func add(_ entries: NamedEntries, to section: SectionName) {
    if catalogue.sections[section].list.isEmpty, !hasComplaints(entries, in: section) {
      catalogue.sections[section] = entries
    } else {
      for entry in entries.list { add(entry, to: section) }
    }
  }

  /// Whether anything is to be said of a name. A plain name can only be an operation's that looks like a preset's.
  private func hasComplaints(_ entries: NamedEntries, in section: SectionName) -> Bool {
    guard section == .operations else { return entries.list.contains { complaint(about: $0, in: section) != nil } }
    return entries.hasPresetName
      || entries.notPlain.contains { complaint(about: entries.list[$0], in: section) != nil }
  }

  private mutating func add(_ entry: Entry, to section: SectionName) {
    if let complaint = complaint(about: entry, in: section) {
      report(complaint.rule, complaint.message, entry, in: section)
      return
    }
    guard let earlier = catalogue.sections[section].add(entry) else { return }
    report(
      .duplicateDefinition, "\(section.singular) `\(entry.name)` is defined twice", entry, in: section,
      related: [.init(Location(earlier.key), "it is defined here already")])
  }

  private mutating func add(guardrails: Node) {
    catalogue.guardrails.append(guardrails)
    guard let first = catalogue.guardrails.first, catalogue.guardrails.count > 1 else { return }
    log.add(
      Diagnostic(
        .duplicateDefinition, "`guardrails` stand in two files", at: Location(guardrails), path: "guardrails",
        related: [.init(Location(first), "they stand here already")]))
  }

  private func complaint(about entry: Entry, in section: SectionName) -> (rule: Rule, message: String)? {
    if section == .errors, BuiltInClass.isReserved(entry.name) {
      return (.duplicateDefinition, "the error class `\(entry.name)` is built in")
    }
    if entry.name.hasPrefix(Presets.prefix) {
      return (.duplicateDefinition, "names that begin with `\(Presets.prefix)` are built in")
    }
    if section == .operations { return OperationNames.complaint(about: entry.name).map { (.malformedPattern, $0) } }
    return NameText.complaint(entry.name).map { (.wrongType, $0) }
  }

  private mutating func add(environment entry: Entry) {
    if let complaint = NameText.complaint(entry.name) {
      report(.wrongType, complaint, entry, in: .environments)
      return
    }
    if let earlier = catalogue.environments[entry.name] {
      report(
        .duplicateDefinition, "environment `\(entry.name)` is defined twice", entry, in: .environments,
        related: [.init(Location(earlier.key), "it is defined here already")])
      return
    }
    let decoder = PolicyDecoder(catalogue, consumption: consumption)
    decoder.push(SectionName.environments.rawValue, entry.key)
    decoder.push(entry.name, entry.key)
    let overlay = FileTable.environment.read(Layered(entry.value), decoder)?.draft
    log.add(decoder.log)
    mentioned.formUnion(decoder.mentioned)
    catalogue.environments[entry.name] = Environment(name: entry.name, key: entry.key, overlay: overlay ?? FileDraft())
    catalogue.environmentNames.append(entry.name)
  }

  private mutating func report(
    _ rule: Rule, _ message: String, _ entry: Entry, in section: SectionName, related: [Diagnostic.Related] = []
  ) {
    log.add(
      Diagnostic(
        rule, message, at: Location(entry.key), path: "\(section.rawValue).\(entry.name)", related: related))
  }
}
