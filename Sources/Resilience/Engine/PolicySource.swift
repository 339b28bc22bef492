internal import LocatedYAML
internal import PolicyLanguage
internal import ResilienceCore
internal import Synchronization

/// Where an engine's policies come from: a file, read in one environment.
struct PolicySource: Sendable {
  let path: String
  let environment: String?
  let limits: LoadLimits
  let readFile: PolicyLoader.ReadFile

  /// Reads the file and everything it includes.
  func load() -> PolicyReading {
    let files = FilesRead()
    let loader = PolicyLoader(limits: limits) { path in
      let result = readFile(path)
      files.add(path, result)
      return result
    }
    let loaded = loader.load(path, environment: environment)
    if let document = loaded.document { return PolicyReading(result: .success(document), files: files.all) }
    let problems =
      loaded.incomplete.map(PolicyProblem.init)
      + loaded.diagnostics.filter(\.rule.stopsLoading).map(PolicyProblem.init)
    let error = PolicyFileError(
      path: path, problems: problems.isEmpty ? [PolicyProblem("cannot be loaded", inFile: path)] : problems)
    return PolicyReading(result: .failure(error), files: files.all)
  }
}

/// One try to read policies.
struct PolicyReading: Sendable {
  let result: Result<PolicyDocument, PolicyFileError>
  /// Every file that was asked for, with what it held; `nil` for one that could not be read.
  let files: [String: [UInt8]?]
}

/// Notes what a loader reads.
private final class FilesRead: Sendable {
  private let files = Mutex<[String: [UInt8]?]>([:])

  var all: [String: [UInt8]?] { files.withLock { $0 } }

  func add(_ path: String, _ result: Result<[UInt8], FileProblem>) {
    files.withLock { $0[path] = .some(try? result.get()) }
  }
}
