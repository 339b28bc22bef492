package import LocatedYAML
import PolicyLanguage

/// Checks files and collects what is found.
public struct Check: Sendable {
  private let options: CheckOptions
  private let readFile: @Sendable (String) -> Result<[UInt8], FileProblem>

  /// Reads files from the file system and `-` from the standard input.
  public init(_ options: CheckOptions) {
    self.init(options) { path in readFileOrInput(path) }
  }

  /// Reads files from wherever `readFile` reads.
  package init(
    _ options: CheckOptions, readFile: @escaping @Sendable (String) -> Result<[UInt8], FileProblem>
  ) {
    self.options = options
    self.readFile = readFile
  }

  /// Checks the files of `found` on all processors at once, and reports on them in their order.
  ///
  /// A file that another one includes is checked as a part of that one, and not once more by itself.
  ///
  /// - Parameter progress: Is told how many files were begun, from 1; never by two threads at once.
  public func run(_ found: FoundFiles, progress: @Sendable (Int) -> Void = { _ in }) -> Report {
    let results = mapInParallel(found.paths.count, start: progress) { check(found.paths[$0]) }
    let included = Set(results.flatMap { $0.sources.dropFirst().map(\.path) })
    var report = Report(problems: found.problems)
    for (path, result) in zip(found.paths, results) where !included.contains(path) {
      report.add(result, of: name(path))
    }
    report.unknownEnvironment = unknownEnvironment(results)
    return report
  }

  private func check(_ path: String) -> FileCheck.Result {
    let name = name(path)
    let cache = FileCache(readFile)
    let loader = PolicyLoader { asked in cache.read(path == "-" && asked == name ? "-" : asked) }
    return FileCheck(options: options, loader: loader).check(name)
  }

  /// What is wrong with an environment that no file has; `nil` when one has it, or none was read.
  private func unknownEnvironment(_ results: [FileCheck.Result]) -> UnknownEnvironment? {
    guard case .one(let name) = options.environments, results.contains(where: { $0.problem == nil }),
      results.allSatisfy(\.lacksEnvironment)
    else { return nil }
    let names = Set(results.flatMap(\.environments)).sorted()
    return UnknownEnvironment(name: name, question: NearestName(to: name, among: names).question, existing: names)
  }

  private func name(_ path: String) -> String { path == "-" ? options.standardInputName : path }
}

/// A file's bytes; those of the standard input for `-`.
private func readFileOrInput(_ path: String) -> Result<[UInt8], FileProblem> {
  let limit = LoadLimits.standard.bytes
  return path == "-" ? readStandardInput(limit: limit) : readFile(path, limit: limit)
}

/// The standard input by its name in the file system.
private func readStandardInput(limit: Int) -> Result<[UInt8], FileProblem> {
  readFile("/dev/stdin", limit: limit)
}

extension Report {
  fileprivate mutating func add(_ result: FileCheck.Result, of path: String) {
    files.append(File(path: path, environments: result.environments, problem: result.problem))
    findings += result.findings.filter { !$0.isSuppressed }
    suppressed += result.findings.filter(\.isSuppressed)
    if result.isUnloadable { unloadable.append(path) }
  }
}
