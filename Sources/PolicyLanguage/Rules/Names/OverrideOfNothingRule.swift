extension Rule {
  static let overrideOfNothing = Rule(
    "RP307", "override-of-nothing", .error,
    "An environment, an override or a `tune` of what does not exist, or is not clear.",
    why: """
      An override changes what is there. One whose name has a typing mistake would leave production on the numbers of \
      the base, and nobody would know.
      """,
    bad: RuleExample(
      """
      version: 1
      timeouts:
        call: 2s
      operations:
        users.get: {layers: [{deadline: call}]}
      environments:
        production: {timeouts: {cal: 1s}}

      """, line: 7),
    good: """
      version: 1
      timeouts:
        call: 2s
      operations:
        users.get: {layers: [{deadline: call}]}
      environments:
        production: {timeouts: {call: 1s}}

      """)
}

/// Finds overrides of elements that no file defines.
struct OverridesOfNothing {
  let catalogue: Catalogue

  func check(_ log: inout FindingLog) {
    for name in catalogue.environmentNames {
      guard let environment = catalogue.environments[name] else { continue }
      for section in SectionName.allCases {
        for entry in environment.overlay.elements[section].list {
          guard catalogue.entry(entry.name, in: section) == nil, !catalogue.mayHide([entry.name]) else { continue }
          log.add(finding(entry, section, in: environment))
        }
      }
    }
  }

  private func finding(_ entry: Entry, _ section: SectionName, in environment: Environment) -> Diagnostic {
    let names = catalogue.sections[section].list.map(\.name)
    let near = NearestName(to: entry.name, among: names)
    return Diagnostic(
      .overrideOfNothing,
      "environment `\(environment.name)` overrides \(section.singular) `\(entry.name)`, which does not exist",
      at: Location(entry.key), path: "environments.\(environment.name)/\(section.rawValue).\(entry.name)",
      help: near.question ?? "define it outside `environments` first",
      fix: near.candidates.count == 1 ? near.best.map { Fix(.unsafe, [Fix.Edit(Location(entry.key), $0)]) } : nil)
  }
}
