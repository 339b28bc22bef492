internal import LocatedYAML

extension GatheredFiles {
  /// What is known when every file has been read: patterns, and overrides of what does not exist.
  mutating func finish() {
    catalogue.patterns =
      catalogue.sections[.operations]?.list.compactMap {
        OperationPattern($0.name).flatMap { $0.isExact ? nil : $0 }
      } ?? []
  }

  /// Reads every element in one environment.
  func build(_ environment: String?) -> (document: PolicyDocument?, log: FindingLog) {
    let decoder = PolicyDecoder(catalogue, environments: [], consumption: consumption)
    var log = log
    var builder = DocumentBuilder(decoder)
    let document = builder.build(sources: sources, environment: environment)
    log.add(decoder.log)
    let isUsable = !log.hasErrors && incomplete.isEmpty && !isUnreadable
    return (isUsable ? document : nil, log)
  }

  func buildAll() -> LoadedPolicyFile {
    var log = log
    var documents: [(environment: String?, document: PolicyDocument?)] = []
    for environment in [nil] + catalogue.environmentNames.map(Optional.some) {
      let built = build(environment)
      documents.append((environment, built.document))
      log.add(built.log)
    }
    return LoadedPolicyFile(
      documents: documents, diagnostics: log.sorted(by: sources), sources: sources, incomplete: incomplete)
  }
}
