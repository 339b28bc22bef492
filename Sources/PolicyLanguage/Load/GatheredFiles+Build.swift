internal import LocatedYAML
internal import ResilienceCore

extension GatheredFiles {
  /// What is known when every file has been read: patterns, and overrides of what does not exist.
  mutating func finish() {
    catalogue.isIncomplete = isUnreadable
    let operations = catalogue.sections[.operations]
    catalogue.patterns = operations.notPlain.compactMap { position in
      let name = operations.list[position].name
      return OperationPattern.isName(name) ? nil : OperationPattern(name)
    }
    OverridesOfNothing(catalogue: catalogue).check(&log)
  }

  /// Reads every element in one environment.
  func build(_ environment: String?) -> BuiltPolicies {
    var log = log
    let chain = environment.map { EnvironmentChain($0, in: catalogue) }
    if let environment, let chain { check(chain, of: environment, &log) }
    let decoder = PolicyDecoder(catalogue, environments: chain?.environments ?? [], consumption: consumption)
    let document = DocumentBuilder(decoder).build(sources: sources, environment: environment)
    log.add(decoder.log)
    log.allowNulls(inside: decoder.kept)
    let isUsable = !log.hasErrors && incomplete.isEmpty && !isUnreadable
    return BuiltPolicies(
      document: isUsable ? document : nil, log: log, used: decoder.used, mentioned: decoder.mentioned,
      effectiveClasses: decoder.handlesOther
        ? Set(document.errors.map(\.name))
        : Set(document.errors.filter { $0.value.safeToRepeat || !$0.value.countsForBreaker }.map(\.name)))
  }

  /// Reads every element in the base and in every environment, and looks at the names of all of them together.
  func buildAll() -> LoadedPolicyFile {
    var all = FindingLog()
    var known = BuiltPolicies()
    var documents: [(environment: String?, document: PolicyDocument?)] = []
    for environment in [nil] + catalogue.environmentNames.map(Optional.some) {
      let built = build(environment)
      documents.append((environment, built.document))
      all.add(built.log)
      known.used.formUnion(built.used)
      known.mentioned.formUnion(built.mentioned)
      known.effectiveClasses.formUnion(built.effectiveClasses)
    }
    checkNames(known, &all)
    return LoadedPolicyFile(
      documents: documents, diagnostics: all.sorted(by: sources), sources: sources, incomplete: incomplete)
  }

  private func checkNames(_ known: BuiltPolicies, _ log: inout FindingLog) {
    UnusedDefinitions(
      catalogue: catalogue, used: known.used, mentioned: known.mentioned.union(mentioned),
      effectiveClasses: known.effectiveClasses
    ).check(&log)
    UnreachablePatterns(entries: catalogue.sections[.operations].list).check(&log)
    for section in SectionName.allCases {
      NearNames(section: section, entries: catalogue.sections[section].list).check(&log)
    }
    let environments = catalogue.environmentNames.compactMap { catalogue.environments[$0] }
    NearNames(
      section: .environments,
      entries: environments.map { Entry(key: $0.key, value: $0.key) }
    ).check(&log)
  }

  /// Reports an environment that does not exist, or whose chain is broken.
  private func check(_ chain: EnvironmentChain, of name: String, _ log: inout FindingLog) {
    if chain.environments.isEmpty, !catalogue.mayHide([name]), let source = sources.first {
      log.add(
        Diagnostic(
          .overrideOfNothing, "the file has no environment `\(name)`",
          at: Location(source: source, span: ByteSpan(0, 0)), path: "environments",
          help: NearestName(to: name, among: catalogue.environmentNames).question))
    }
    switch chain.problem {
    case nil: break
    case .undefined(let node):
      guard !catalogue.mayHide([node.text]) else { return }
      log.add(
        Diagnostic(
          .undefinedReference, "no environment is called `\(node.text)`", at: Location(node),
          path: "environments.\(name)",
          help: NearestName(to: node.text, among: catalogue.environmentNames).question))
    case .cycle(let names, let node):
      report(cycle: names, node, &log)
    }
  }

  /// Once for all environments of the cycle: at the `extends` of the one that is defined first.
  private func report(cycle names: [String], _ node: Node, _ log: inout FindingLog) {
    guard let first = catalogue.environmentNames.first(where: names.contains) else { return }
    let around = names.drop { $0 != first } + names.prefix { $0 != first } + [first]
    let place = catalogue.environments[first]?.overlay.parent ?? node
    log.add(
      Diagnostic(
        .extendsChain, "environment `\(first)` extends itself: \(around.joined(separator: " → "))",
        at: Location(place), path: "environments.\(first)"))
  }
}

/// What reading one environment has given.
struct BuiltPolicies {
  /// `nil` when something stops the file from loading.
  var document: PolicyDocument?
  var log = FindingLog()
  var used = UsedNames()
  var mentioned: Set<String> = []
  /// Error classes that do something without being named.
  var effectiveClasses: Set<String> = []
}
