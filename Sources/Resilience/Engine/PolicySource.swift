internal import LocatedYAML
internal import PolicyLanguage

/// Where an engine's policies come from: a file, read in one environment.
struct PolicySource: Sendable {
  let path: String
  let environment: String?
  let loader: PolicyLoader

  /// Reads the file and everything it includes.
  func load() throws(PolicyFileError) -> PolicyDocument {
    let loaded = loader.load(path, environment: environment)
    if let document = loaded.document { return document }
    let problems =
      loaded.incomplete.map(PolicyProblem.init)
      + loaded.diagnostics.filter(\.rule.stopsLoading).map(PolicyProblem.init)
    throw PolicyFileError(
      path: path, problems: problems.isEmpty ? [PolicyProblem("cannot be loaded", inFile: path)] : problems)
  }
}
