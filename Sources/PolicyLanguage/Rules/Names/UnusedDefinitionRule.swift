extension Rule {
  static let unusedDefinition = Rule(
    "RP302", "unused-definition", .warning, "A name that is defined and never used.",
    why: """
      Somebody believes that this breaker or retry protects an operation. Either the reference was forgotten, or the \
      definition is what is left of one that is gone.
      """,
    bad: RuleExample(
      """
      version: 1
      breakers:
        database: {failures: 5, open: 60s}
      operations:
        users.get: {layers: [{deadline: 2s}]}

      """, line: 3),
    good: """
      version: 1
      breakers:
        database: {failures: 5, open: 60s}
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: database}]}

      """)
}

/// Finds names that nothing refers to, in the base or any environment.
struct UnusedDefinitions {
  private static let sections: [SectionName] = [
    .errors, .breakers, .retries, .budgets, .timeouts, .bulkheads, .rateLimiters, .hedges, .fallbacks,
    .pipelines,
  ]

  let catalogue: Catalogue
  let used: UsedNames
  /// Texts in places that could not be read.
  let mentioned: Set<String>
  /// Error classes that do something without being named.
  let effectiveClasses: Set<String>

  func check(_ log: inout FindingLog) {
    for section in Self.sections {
      for (position, entry) in catalogue.sections[section].list.enumerated()
      where !used.contains(position, in: section) && !isExcused(entry.name, in: section) {
        log.add(
          Diagnostic(
            .unusedDefinition, "\(section.singular) `\(entry.name)` is never used", at: Location(entry.key),
            path: "\(section.rawValue).\(entry.name)", help: "name it where it is meant, or remove it"))
      }
    }
  }

  private func isExcused(_ name: String, in section: SectionName) -> Bool {
    mentioned.contains(name)
      || section == .errors && effectiveClasses.contains(name) || catalogue.mayHide([name])
  }
}
