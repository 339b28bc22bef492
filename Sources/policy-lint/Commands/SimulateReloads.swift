import LocatedYAML
import PolicyLanguage
import PolicySimulation

/// The files that a script reloads, each read once.
struct ReloadFiles {
  /// By the name in the script; `nil` for one that does not load.
  private let loaded: [String: PolicyDocument?]

  /// Reads them next to the script, and says on the standard error what is wrong with those that do not load.
  init(of script: Script, environment: String?) {
    let folder = script.path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    var loaded: [String: PolicyDocument?] = [:]
    for file in script.reloadedFiles where loaded[file] == nil {
      let isAbsolute = file.hasPrefix("/") || !script.path.contains("/")
      let result = PolicyLoader().load(isAbsolute ? file : "\(folder)/\(file)", environment: environment)
      loaded[file] = .some(result.document)
      guard result.document == nil else { continue }
      for problem in result.incomplete { complain("\(problem.path): \(problem.reason), so this reload is refused") }
      for diagnostic in result.diagnostics.filter({ $0.severity == .error }).prefix(5) {
        complain("reload refused: \(diagnostic.description)", help: diagnostic.help)
      }
    }
    self.loaded = loaded
  }

  func document(_ file: String) -> PolicyDocument? { loaded[file] ?? nil }

  /// Finds names in the script that neither the policy file nor any of these has.
  func check(_ script: Script, in document: PolicyDocument) throws(ScriptProblems) {
    let documents = [document] + loaded.values.compactMap { $0 }
    var classes: [String] = []
    for name in documents.flatMap({ $0.errors.map(\.name) }) where !classes.contains(name) { classes.append(name) }
    let breakers = Set(documents.flatMap(\.breakerNames)).sorted()
    let problems = script.problems(classes: classes, breakers: breakers)
    if let all = ScriptProblems(problems) { throw all }
  }
}

extension PolicyDocument {
  /// The breakers that it names, and those that are written in layers.
  fileprivate var breakerNames: [String] {
    let layers = pipelines.values.flatMap(\.value) + operations.flatMap(\.value.layers)
    return breakers.keys
      + layers.compactMap { if case .breaker(let breaker) = $0.element { breaker.name } else { nil } }
  }
}
