public import LocatedYAML

/// Loads policy files: reads them with what they include, checks everything, and resolves the names.
///
/// The linter and the engine load through it, so what the linter lets pass is what the engine loads.
public struct PolicyLoader: Sendable {
  package typealias ReadFile = @Sendable (String) -> Result<[UInt8], FileProblem>

  let readFile: ReadFile
  let limits: LoadLimits

  /// Loads from the file system.
  public init(limits: LoadLimits = .standard) {
    self.init(limits: limits) { LocatedYAML.readFile($0, limit: limits.bytes) }
  }

  /// Loads from wherever `readFile` reads.
  package init(limits: LoadLimits = .standard, readFile: @escaping ReadFile) {
    self.limits = limits
    self.readFile = readFile
  }

  /// Loads a file in one environment; `nil` is the base.
  ///
  /// Errors of text, YAML, shape and names in what the environment uses leave the result without a document. Warnings
  /// about names that are judged over all environments (never used, never reached, easily confused) are not looked for.
  /// O(bytes · log bytes).
  public func load(_ path: String, environment: String? = nil) -> LoadedPolicies {
    let files = FileGathering(self).gather(path)
    let built = files.build(environment)
    return LoadedPolicies(
      environment: environment, environments: files.catalogue.environmentNames, document: built.document,
      diagnostics: built.log.sorted(by: files.sources),
      incomplete: files.incomplete)
  }

  /// Loads a file in its base and in every environment that it has overrides for.
  public func loadAllEnvironments(_ path: String) -> LoadedPolicyFile {
    let files = FileGathering(self).gather(path)
    return files.buildAll()
  }
}

/// A file in one environment.
public struct LoadedPolicies: Sendable {
  /// `nil`: the base.
  public let environment: String?
  /// The names that the files have overrides for, in their order; none when the file could not be read.
  public let environments: [String]
  /// `nil` when something stops the file from loading.
  public let document: PolicyDocument?
  /// Everything found, by file and place.
  public let diagnostics: [Diagnostic]
  /// Files that could not be read.
  package let incomplete: [FileProblem]
}

/// A file in its base and in each of its environments.
public struct LoadedPolicyFile: Sendable {
  /// The base first; `nil` documents did not load.
  public let documents: [(environment: String?, document: PolicyDocument?)]
  /// Everything found in any of them, once, by file and place.
  public let diagnostics: [Diagnostic]
  /// The root file first.
  public let sources: [SourceText]
  /// Files that could not be read.
  package let incomplete: [FileProblem]
}
